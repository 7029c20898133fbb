"""Everything on which somebody gets a letter."""

from datetime import timedelta

from django.core import mail
from django.utils import timezone

from reviews.mail import deliver_due
from reviews.models import Letter
from tests.factories import make_user
from tests.factories_reviews import make_approved, make_review, make_wording

ADA, GRACE = "ada@example.org", "grace@example.org"
UNDO = timedelta(seconds=10)


def arrive():
    """Send everything that is due, and return what arrived."""
    before = len(mail.outbox)
    deliver_due(timezone.now() + UNDO)
    return mail.outbox[before:]


def about_a_refusal(**kwargs):
    review = make_review(email=ADA, **kwargs)
    review.reject(by=make_user(first_name="Mary"), reason="dose_instructions", message="Tell <b>yours</b> & no other.")
    return review


def after_an_edit():
    review = make_review(email=ADA)
    review.edit(make_wording(review, title="After"))


def after_an_appeal(verb):
    review = about_a_refusal()
    review.appeal("I did not.")
    deliver_due()
    mail.outbox.clear()
    getattr(review, verb)(by=make_user(), **({"reason": "abusive"} if verb == "reject" else {}))


def after_a_change(verb):
    review = make_approved(email=ADA)
    review.edit(make_wording(review, title="After"))
    deliver_due()
    mail.outbox.clear()
    getattr(review, verb)(by=make_user(), **({"reason": "abusive"} if verb == "reject" else {}))


def after_a_flag(end):
    review = make_approved()
    review.flag(reason="abusive", email=GRACE)
    deliver_due()
    mail.outbox.clear()
    end(review)


def confirm():
    review = make_review(email=ADA, status="unconfirmed")
    Letter.objects.post(Letter.Kind.RECEIPT, review)


def taken_down():
    review = make_approved(email=ADA)
    review.flag(reason="abusive")
    deliver_due()
    mail.outbox.clear()
    review.reject(by=make_user(), reason="abusive")


OCCASIONS = {
    "received": (lambda: Letter.objects.post("receipt", make_review(email=ADA)), "We have your review of"),
    "to confirm": (confirm, "Please confirm your review of"),
    "edited": (after_an_edit, "We have the new wording of"),
    "approved": (lambda: make_approved(email=ADA), "is published"),
    "refused": (about_a_refusal, "was not published"),
    "change approved": (lambda: after_a_change("approve"), "The new wording of"),
    "change refused": (lambda: after_a_change("reject"), "The new wording of"),
    "taken down": (taken_down, "was taken down"),
    "appealed": (lambda: about_a_refusal().appeal("I did not."), "We have your appeal"),
    "overturned": (lambda: after_an_appeal("approve"), "Your appeal succeeded"),
    "upheld": (lambda: after_an_appeal("reject"), "The answer to your appeal"),
    "reported": (lambda: make_approved().flag(reason="abusive", email=GRACE), "We have your report"),
    "report upheld": (lambda: after_a_flag(lambda review: review.reject(by=make_user(), reason="abusive")), "came of"),
    "report dismissed": (lambda: after_a_flag(lambda review: review.approve(by=make_user())), "What came of"),
    "report settled": (lambda: after_a_flag(lambda review: review.withdraw()), "What came of your report"),
}
