"""What the moderators' desk costs with 100 reviews waiting and with 100,000.

Run with `.venv/bin/python tests/bench/desk.py`. Makes a site of its own in a temporary folder, on SQLite, or on the
empty database that DATABASE_URL names. Measures the page of a review at the front and in the middle of the queue, the
page of likely sales messages, and a decision; the aim is at most 1.2 times.
"""

import os
import secrets
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES, ROUNDS, MOST = (100, 100_000), 40, 1.2


def start_site(folder):
    sys.path.insert(0, str(ROOT))
    os.environ.update(
        DATA_DIR=folder,
        SECRET_KEY=secrets.token_urlsafe(60),
        ALLOWED_HOSTS="testserver",
        DJANGO_SETTINGS_MODULE="portal.settings",
        EMAIL_URL="memory:",
    )
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    (Path(folder) / "static").mkdir()  # whitenoise warns when there is none
    django.setup()
    call_command("migrate", verbosity=0)


def fill(monograph, count):
    from django.utils import timezone

    from reviews.models import Card, Review

    now, edition = timezone.now(), monograph.edition_in_force
    start = Review.objects.count()
    reviews = [
        Review(
            monograph=monograph,
            edition=edition,
            rating=number % 5 + 1,
            title=f"Review number {number}",
            body="The first weeks were strange. Then I slept through the night.\n\nIt helped." * 3,
            author_name="Ada",
            perspective="own",
            submitted_at=now - timedelta(minutes=number),
            network_hash=f"{number // 3:064x}",
        )
        for number in range(start, count)
    ]
    stored = Review.objects.bulk_create(reviews, batch_size=1_000)
    places = (1, 2, 3, *[4] * 13, *[5] * 4)
    Card.objects.bulk_create(
        [
            Card(
                review=review,
                matter=Card.Matter.WORDING,
                place=places[number % len(places)],
                since=review.submitted_at,
            )
            for number, review in enumerate(stored)
        ],
        batch_size=1_000,
    )


def cost(act):
    """Return what an act costs in milliseconds: the least of some rounds, since other work can only add."""
    from tests.bench.scale_site import seconds

    times = []
    for _ in range(ROUNDS):
        begin = seconds()
        act()
        times.append(seconds() - begin)
    return 1_000 * min(times)


def measure(client):
    from reviews.models import Card

    desk = "/admin/reviews/desk/"
    front = Card.objects.in_order().first().pk
    waiting = Card.objects.filter(place=Card.Place.WAITING).in_order()
    middle = waiting[waiting.count() // 2].pk

    def decide():
        card = Card.objects.filter(place=Card.Place.WAITING).in_order().first()
        answer = client.post(f"{desk}{card.pk}/approve/", {"yes-seen": 1})
        assert answer.status_code == 302, answer.content.decode()

    acts = {
        "the first review": lambda: client.get(f"{desk}{front}/"),
        "one in the middle": lambda: client.get(f"{desk}{middle}/"),
        "several sales messages": lambda: client.get(f"{desk}several/"),
        "the admin's front page": lambda: client.get("/admin/"),
        "a decision": decide,
    }
    for act in acts.values():
        act()
    return {name: cost(act) for name, act in acts.items()}


def compare(told, fill, measure):
    """Fill one site to each of SIZES and measure it; end with an error where something costs more than MOST times.

    `told` says of what there are so many, `fill` takes (monograph, size), and `measure` a client of a superuser
    and returns {name: milliseconds}.
    """
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        start_site(folder)
        from django.contrib.auth.models import User
        from django.test import Client

        from monographs.models import Monograph

        user = User.objects.create_superuser("bench")
        client = Client()
        client.force_login(user)
        monograph = Monograph.objects.create(title="Ketamine", slug="ketamine", summary="A medicine.")
        monograph.sections.update(body="Text.")
        monograph.publish(by=user, note="First.")
        measured = []
        for size in SIZES:
            fill(monograph, size)
            measured.append(measure(client))
    small, large = measured
    is_good = True
    print(f"{ROUNDS} rounds, milliseconds of the processor (least), {SIZES[0]:,} and {SIZES[1]:,} {told}")
    for name, before in small.items():
        after = large[name]
        is_good = is_good and after <= MOST * before
        print(f"{name:28} {before:7.1f} {after:7.1f}  {after / before:.2f} times")
    sys.exit(not is_good)


if __name__ == "__main__":
    compare("reviews waiting", fill, measure)
