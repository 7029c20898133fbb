"""Everything that is kept about a review and its author, for the author to take with them."""

from django.conf import settings
from django.utils import timezone

from reviews.models import Wording
from reviews.told import Told

TEXT = (
    "rating",
    "title",
    "body",
    "author_name",
    "perspective",
    "reason_for_use",
    "form_taken",
    "duration",
    "experienced_on",
    "submitted_at",
    "findings",
    "screened_as",
)


def own_data(review):
    """Return what the author may know of what is kept, as plain data for JSON.

    Codes made from addresses are said to be there and not shown, and so is the e-mail address: whoever holds the link
    need not be the one to whom letters go. Who decided is not told.
    """
    told = Told(review)
    return {
        "site": settings.SITE_URL,
        "made_at": timezone.now(),
        "review": {
            "number": review.pk,
            "medicine": review.edition.title,
            "status": "being decided" if told.is_being_decided else review.status,
            "public_or_newest_wording": review.wording,
            "waiting_wording": review.next_wording,
            "consented_at": review.consented_at,
            "confirmed_at": review.confirmed_at,
            "withdrawn_at": review.withdrawn_at,
            "found_helpful_by": review.helpful_count,
            "link_renewed": review.link_number,
            "email_address": _kept(review.email),
            "code_made_from_email_address": _kept(review.email_hash),
            "code_made_from_network_address": _kept(review.network_hash),
            "key_of_the_form": _kept(review.form_key),
        },
        "wordings": [_wording(wording) for wording in _wordings_of(review)],
        "decisions": [_decision(entry) for entry in told.decisions],
        "appeals": list(review.appeals.order_by("at").values("at", "text", "dropped_at")),
        "reports_by_readers": list(
            review.flags.exclude(closed_at=None).order_by("at").values("at", "reason", "status", "closed_at")
        ),
        "official_replies": list(review.replies.order_by("at").values("at", "wording", "text", "name", "role")),
        "letters": list(review.letters.filter(flag=None).order_by("pk").values("kind", "due_at", "sent_at")),
    }


def _wordings_of(review):
    stored = list(Wording.objects.filter(review=review).select_related("edition").order_by("number"))
    return stored or [review]


def _wording(wording):
    texts = {name: getattr(wording, name) for name in TEXT}
    return {"number": wording.number, "edition": wording.edition.number, **texts}


def _decision(told):
    decision = told.decision
    return {
        "at": decision.at,
        "wording": decision.wording,
        "cause": decision.cause,
        "verdict": decision.verdict,
        "reason": decision.reason,
        "rule": decision.rule,
        "message": decision.message,
        "passages": [passage.words for passage in told.passages],
        "stars_were_hidden": decision.was_blind,
    }


def _kept(value):
    return "kept, not shown" if value else "none"
