"""A site with something of everything that the API shows, and of everything that it must not."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import make_monograph, make_published
from tests.factories_reviews import make_approved, make_rejected, make_review, make_unconfirmed, make_withdrawn
from tests.monographs.formats.editions import make_full

HIDDEN = "Nobody may read this."


def fill():
    """Publish Ketamine in two editions with reviews, and others that are scheduled, withdrawn or not published."""
    monograph = make_full().monograph
    monograph.sections.filter(kind="uses").update(body="New words.[@one]")
    monograph.publish(by=None, note="Second edition.")
    make_published(title="Aspirin", slug="aspirin")
    for stars in (1, 3, 5):
        make_approved(monograph=monograph, rating=stars, title=f"Review with {stars}")
    for make in (make_review, make_rejected, make_withdrawn, make_unconfirmed):
        make(monograph=monograph, title=HIDDEN, body=HIDDEN)
    make_monograph(title="Draftamine", slug="draft", summary=HIDDEN, body=HIDDEN)
    tomorrow = timezone.now() + timedelta(days=1)
    make_published(title="Soonamine", slug="scheduled", summary=HIDDEN, body=HIDDEN, note=HIDDEN, public_from=tomorrow)
    gone = make_published(title="Goneamine", slug="withdrawn", summary=HIDDEN, body=HIDDEN)
    gone.edition_in_force.withdraw(by=None, reason="The dose was wrong.")
    monograph.sections.filter(kind="uses").update(body=HIDDEN)
    monograph.publish(by=None, note=HIDDEN, public_from=tomorrow)
    return monograph
