"""Reviews that are stored already get the keys by which they are grouped, and the public ones are counted."""

from collections import Counter

from django.db import migrations

from reviews.models.written_text import group_key

FIELDS = {"perspective": "perspective", "reason": "reason_key", "form": "form_taken_key"}


def fill(apps, schema_editor):
    Review, Wording, GroupTally = (apps.get_model("reviews", name) for name in ("Review", "Wording", "GroupTally"))
    for model in (Review, Wording):
        changed = []
        for row in model.objects.only("reason_for_use", "form_taken").iterator(chunk_size=2000):
            row.reason_key, row.form_taken_key = group_key(row.reason_for_use), group_key(row.form_taken)
            changed.append(row)
        model.objects.bulk_update(changed, ["reason_key", "form_taken_key"], batch_size=500)
    counts = {}
    public = Review.objects.filter(status="approved").values("monograph_id", "rating", *FIELDS.values())
    for review in public.iterator(chunk_size=2000):
        for kind, field in FIELDS.items():
            if review[field]:
                place = review["monograph_id"], kind, review[field]
                counts.setdefault(place, Counter())[review["rating"]] += 1
    GroupTally.objects.bulk_create(
        (
            GroupTally(
                monograph_id=monograph_id,
                kind=kind,
                key=key,
                total=stars.total(),
                **{f"stars_{rating}": count for rating, count in stars.items()},
            )
            for (monograph_id, kind, key), stars in counts.items()
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0004_votes_and_groups")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
