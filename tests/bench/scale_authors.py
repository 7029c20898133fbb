"""What scale.py times of people who write: their own pages, and every form that a reader sends."""

import random
import time
from itertools import count

from django.test import Client
from django.urls import reverse

from reviews.models import Review
from reviews.submission import submit
from tests.factories import make_opening
from tests.factories_reviews import send_review
from tests.forms import FormReader

WORDS = "a and at but day for good had heart it later less long me more my night not of pain sleep slow so then week"
_numbers, _chance = count(1), random.Random(1)

PAGES = ("my_review", "my_review_edit", "my_review_data", "my_review_erase", "my_review_withdraw")
SENT = ("my_review_edit", "my_review_erase", "my_review_renew", "my_review_withdraw")


def network():
    """Return an address in a network from which nothing has come yet."""
    return f"2001:db8:{time.time_ns() % 65536:x}:{next(_numbers) % 65536:x}::1"


def _text():
    """Return words that nobody else has written in this order."""
    return " ".join(_chance.choices(WORDS.split(), k=20))


def new_review(edition, email=""):
    """Return a review that waits and that nobody else has written."""
    review = Review(
        monograph_id=edition.monograph_id,
        edition=edition,
        rating=4,
        title="Sent for measuring",
        body=_text(),
        author_name="Ada",
        perspective="own",
        email=email,
        status=Review.Status.UNCONFIRMED if email else Review.Status.PENDING,
    )
    submit(review, address=network())
    return review


def confirmed(edition):
    """Return a new review whose author has confirmed an e-mail address."""
    review = new_review(edition, email=f"ada{next(_numbers)}@example.org")
    review.confirm()
    return review


def authors_acts(monograph):
    """Return what authors and readers do, by name; of a pair, the first is done before the clock runs."""
    edition = monograph.edition_in_force
    made = []

    def write(email=""):
        made.append(new_review(edition, email))

    def at(name, review):
        return reverse(name, args=[review.token])

    def get(name):
        return lambda: _shown(Client().get(at(name, made.pop())))

    def post(name):
        def send():
            review = made.pop()
            client = Client(REMOTE_ADDR=network())
            data = FormReader(client.get(at("my_review_edit", review)).content.decode()).data
            typed = {
                "opened": make_opening("reviews.edit", monograph),
                "title": f"Mended {next(_numbers)}",
                "consent": "on",
            }
            _done(client.post(at(name, review), data | typed))

        return send

    public = Review.objects.approved().filter(monograph=monograph).first()

    def form(purpose, name, about=None, **answers):
        data = {"opened": make_opening(purpose, monograph if about else None), **answers}
        _done(Client(REMOTE_ADDR=network()).post(reverse(name, args=about), data))

    acts = {f"author's page {name}": (write, get(name)) for name in PAGES}
    acts |= {f"author sends {name}": (write, post(name)) for name in SENT}
    return acts | {
        "author confirms": (
            lambda: write(email=f"ada{next(_numbers)}@example.org"),
            lambda: _confirm(made.pop()),
        ),
        "form of a review, sent": lambda: _done(_send_review(monograph)),
        "links, asked for": lambda: form("reviews.links", "my_links", email=f"ada{next(_numbers)}@example.org"),
        "form of a report": lambda: _shown(Client().get(reverse("review_report", args=[public.pk]))),
        "form of a report, sent": lambda: form("reviews.flag", "review_report", [public.pk], reason="abusive"),
        "form of a correction": lambda: _shown(Client().get(reverse("correction_new", args=[monograph.slug]))),
        "form of a correction, sent": lambda: form(
            "corrections", "correction_new", [monograph.slug], edition=str(edition.number), text="It says 50 mg."
        ),
    }


def _confirm(review):
    _done(Client().post(reverse("my_review_confirm", args=[review.confirmation_token])))


def _send_review(monograph):
    return send_review(Client(REMOTE_ADDR=network()), monograph, body=_text())


def _shown(response):
    assert response.status_code == 200, (response.status_code, response.content[-9000:])
    return len(response.content)


def _done(response):
    assert response.status_code in (302, 303), (response.status_code, response.content[-9000:])
