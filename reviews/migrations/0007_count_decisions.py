"""Decisions that were made already are counted, with the stars they were about and how long the author waited."""

from collections import Counter

from django.db import migrations
from django.db.models.functions import Coalesce

from reviews.models.figure import class_of_wait, quarter_of


def fill(apps, schema_editor):
    Decision, Review, Figure = (apps.get_model("reviews", name) for name in ("Decision", "Review", "Figure"))
    counts, changed = Counter(), []
    for decision in Decision.objects.select_related("review").iterator(chunk_size=2000):
        review = decision.review
        decision.stars = review.rating
        decision.since = min(decision.at, review.confirmed_at or review.submitted_at)
        decision.final_at = decision.at
        changed.append(decision)
        quarter = quarter_of(decision.at)
        counts[quarter, "wording", decision.reason or decision.verdict, decision.stars] += 1
        counts[quarter, "waited", str(class_of_wait(decision.at - decision.since)), 0] += 1
    Decision.objects.bulk_update(changed, ["stars", "since", "final_at"], batch_size=500)
    received = Review.objects.exclude(status="unconfirmed").annotate(came=Coalesce("confirmed_at", "submitted_at"))
    for came in received.values_list("came", flat=True).iterator(chunk_size=2000):
        counts[quarter_of(came), "received", "", 0] += 1
    Figure.objects.bulk_create(
        Figure(quarter=quarter, kind=kind, name=name, stars=stars, count=count)
        for (quarter, kind, name, stars), count in counts.items()
    )


class Migration(migrations.Migration):
    dependencies = [("reviews", "0006_figures")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
