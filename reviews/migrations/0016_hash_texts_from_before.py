"""Reviews and wordings from before there were hashes of texts get theirs, so that a copy of one is seen."""

from django.db import migrations

AT_ONCE = 500


def hash_texts(apps, schema_editor):
    # Today's reading of a text, whatever it was when this file was written: texts are compared by it from now on.
    from reviews.copies import hash_of

    for name in ("Review", "Wording"):
        Model = apps.get_model("reviews", name)
        rows = Model.objects.filter(text_hash="").exclude(body="").order_by("pk").only("pk", "body")
        changed = []
        for row in rows.iterator(chunk_size=AT_ONCE):
            row.text_hash = hash_of(row.body)
            changed.append(row)
            if len(changed) == AT_ONCE:
                Model.objects.bulk_update(changed, ["text_hash"])
                changed = []
        Model.objects.bulk_update(changed, ["text_hash"])


class Migration(migrations.Migration):
    dependencies = [("reviews", "0015_one_public_review_per_person")]

    operations = [migrations.RunPython(hash_texts, migrations.RunPython.noop)]
