"""Decisions that were made already are counted, with the stars they were about and how long the author waited."""

from collections import Counter

from django.db import migrations
from django.db.models.functions import Coalesce

from reviews.models.figure import class_of_wait, quarter_of


def fill(apps, schema_editor):
    names = ("Decision", "Review", "Figure", "Wording", "Flag", "Appeal")
    Decision, Review, Figure, Wording, Flag, Appeal = (apps.get_model("reviews", name) for name in names)
    counts, changed = Counter(), []
    for decision in Decision.objects.select_related("review").iterator(chunk_size=2000):
        review, text = decision.review, decision.review
        if decision.wording != review.wording:
            text = Wording.objects.filter(review=review, number=decision.wording).first() or review
        decision.stars = text.rating
        decision.since = min(decision.at, review.confirmed_at or review.submitted_at)
        if not decision.revision:
            # It was made before decisions could be taken back.
            decision.final_at = decision.at
        changed.append(decision)
        if decision.retracted_at:
            continue
        quarter = quarter_of(decision.at)
        counts[quarter, decision.cause, decision.reason or decision.verdict, decision.stars] += 1
        if decision.cause == "wording":
            counts[quarter, "waited", str(class_of_wait(decision.at - decision.since)), 0] += 1
    Decision.objects.bulk_update(changed, ["stars", "since", "final_at"], batch_size=500)
    for model, kind in ((Flag, "flagged"), (Appeal, "appealed")):
        for at in model.objects.values_list("at", flat=True).iterator(chunk_size=2000):
            counts[quarter_of(at), kind, "", 0] += 1
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
