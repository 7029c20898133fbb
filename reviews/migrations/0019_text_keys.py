"""Keys under which near copies of a review are found; the reviews that are there get theirs."""

import django.db.models.deletion
from django.db import migrations, models

AT_ONCE = 500


def fill(apps, schema_editor):
    # Today's way of finding near copies, whatever it was when this file was written.
    from reviews.likeness import keys_of, pairs_of

    Review, TextKey = (apps.get_model("reviews", name) for name in ("Review", "TextKey"))
    rows = []
    for pk, body in Review.objects.exclude(body="").values_list("pk", "body").iterator(chunk_size=AT_ONCE):
        rows += [TextKey(review_id=pk, key=key) for key in keys_of(pairs_of(body))]
        if len(rows) > 12 * AT_ONCE:
            TextKey.objects.bulk_create(rows)
            rows = []
    TextKey.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0018_indexes_for_long_lists")]

    operations = [
        migrations.CreateModel(
            name="TextKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BigIntegerField()),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="text_keys", to="reviews.review"
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="textkey",
            constraint=models.UniqueConstraint(fields=("key", "review"), name="text_key_once_per_review"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
