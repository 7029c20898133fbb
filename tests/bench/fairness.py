"""What the fairness page, the queue and the archive cost with 100 reviews and with 100,000, half of them decided.

Run with `.venv/bin/python tests/bench/fairness.py`. Makes a site of its own in a temporary folder, on SQLite, or on the
empty database that DATABASE_URL names. The aim is at most 1.2 times.
"""

from collections import Counter
from datetime import timedelta

from desk import compare, cost, fill

QUARTERS = 4
"""So that also of a hundred reviews each quarter has enough decisions to be shown."""


def settle(user):
    """Let every other review that waits be decided, as moderators would have over the last quarters."""
    from django.db import connection
    from django.utils import timezone

    from reviews.models import Card, Decision, Figure, Review
    from reviews.models.figure import figures_of, quarter_of

    now, reasons = timezone.now(), list(Decision.Reason)
    waiting = list(Review.objects.filter(status="pending").order_by("pk").only("rating"))[::2]
    decisions, figures = [], Counter()
    for number, review in enumerate(waiting):
        is_refused = number % 5 == 0
        at = now - timedelta(days=number % QUARTERS * 91)
        decision = Decision(
            review=review,
            wording=1,
            verdict=Decision.Verdict.REJECTED if is_refused else Decision.Verdict.APPROVED,
            reason=reasons[number // 5 % len(reasons)] if is_refused else "",
            by=user,
            at=at,
            final_at=at,
            since=at - timedelta(minutes=10 + number * number % 5_000),
            stars=review.rating,
            found=["phone"] if number % 7 == 0 else [],
        )
        decisions.append(decision)
        figures.update((quarter_of(at), *place) for place in figures_of(decision))
        figures[quarter_of(at), Figure.Kind.RECEIVED, "", 0] += 1
    Decision.objects.bulk_create(decisions, batch_size=1_000)
    for verdict in Decision.Verdict:
        keys = [decision.review_id for decision in decisions if decision.verdict == verdict]
        for start in range(0, len(keys), 1_000):
            some = keys[start : start + 1_000]
            Review.objects.filter(pk__in=some).update(status=verdict, decided_by=user, decided_at=now)
            Card.objects.filter(pk__in=some).delete()
    names = ("quarter", "kind", "name", "stars")
    for place, count in figures.items():
        figure, _is_new = Figure.objects.get_or_create(**dict(zip(names, place, strict=True)))
        Figure.objects.filter(pk=figure.pk).update(count=figure.count + count)
    assert not Figure.objects.differing_from_decisions()
    if connection.vendor == "postgresql":
        # What autovacuum does within minutes of so many changes.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def fill_and_settle(monograph, size):
    fill(monograph, size)
    settle(monograph.edition_in_force.published_by)


def measure(client):
    from reviews.models import Card

    middle = Card.objects.in_order()[Card.objects.count() // 2].pk
    pages = {
        "the fairness page": "/reviews/fairness/",
        "its figures as CSV": "/reviews/fairness.csv",
        "the figures of the rules": "/admin/reviews/decision/rules/",
        "the queue": f"/admin/reviews/desk/{middle}/",
        "the archive of reviews": "/admin/reviews/review/",
        "the list of decisions": "/admin/reviews/decision/",
    }
    for address in pages.values():
        assert client.get(address).status_code == 200, address
    return {name: cost(lambda address=address: client.get(address)) for name, address in pages.items()}


if __name__ == "__main__":
    compare("reviews, about half of them decided", fill_and_settle, measure)
