"""What helps to judge a review: what changed in it, who reported it and why, what else its author wrote."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monographs.changes import Change, compare_texts
from reviews.addresses import email_hashes
from reviews.copies import near_copies
from reviews.matters import waiting_text
from reviews.models import Card, Flag, Review, Wording

MOST_LISTED = 5
MOST_COUNTED = 100


def text_to_decide(review, card):
    """Return what the next decision is about, a Review or a Wording, and its number."""
    if card.matter == Card.Matter.FLAGS:
        return review, review.wording
    if card.matter == Card.Matter.WORDING:
        return waiting_text(review), review.next_wording or review.wording
    number = review.appeals.open().get().against.wording
    return (review, number) if number == review.wording else (review.wordings.get(number=number), number)


def context_of(text):
    """Return what goes with a text that its author chose from lists, as (label, words)."""
    month = date_format(text.experienced_on, "YEAR_MONTH_FORMAT") if text.experienced_on else ""
    chosen = [
        (_("Written from"), text.get_perspective_display()),
        (pgettext_lazy("a time", "Taken for"), text.get_duration_display()),
        (_("When"), month),
    ]
    return [(label, words) for label, words in chosen if words]


def changes_against_public(review, text):
    """Return the Changes that lead from the public wording to the one that waits beside it. Stars are not compared."""
    if not review.is_public or text is review:
        return []
    changes = []
    for name in ("title", "body", "author_name", "perspective", "reason_for_use", "form_taken", "duration"):
        before, after = (_in_words(wording, name) for wording in (review, text))
        if before != after:
            label = str(Review._meta.get_field(name).verbose_name)
            changes.append(Change(label[:1].upper() + label[1:], compare_texts(before, after)))
    return changes


def _in_words(text, name):
    display = getattr(text, f"get_{name}_display", None)
    return str(display() if display else getattr(text, name))


@dataclass(frozen=True)
class Reports:
    """The open flags of a review, merged: how many for which reason, and what was noted."""

    by_reason: list[tuple[str, int]]
    notes: list[Flag]


def reports_about(review):
    """Return the Reports of what readers flagged and nobody answered."""
    flags = list(review.flags.open().order_by("at", "pk")[:MOST_COUNTED])
    counts = Counter(flag.get_reason_display() for flag in flags)
    return Reports(counts.most_common(), [flag for flag in flags if flag.note])


@dataclass(frozen=True)
class History:
    """Other reviews that share an address with one: by what, how many in which state, and the newest of them."""

    label: str
    counts: list[tuple[str, int]]
    newest: list[Review]


def histories_of_author(review):
    """Return a History for the e-mail address and one for the network, where there is one to compare."""
    histories = []
    if review.email_hash:
        histories.append(_history(review, _("Same e-mail address"), Q(email_hash__in=email_hashes(review.email))))
    if review.network_hash:
        histories.append(_history(review, _("Same network"), Q(network_hash=review.network_hash)))
    if (
        len(histories) == 2
        and histories[0].newest == histories[1].newest
        and histories[0].counts == histories[1].counts
    ):
        return [History(_("Same e-mail address, same network"), histories[0].counts, histories[0].newest)]
    return histories


def similar_reviews(review, text):
    """Return a History of the reviews with the text that is to be decided, and one of those with nearly that text."""
    histories, nearly = [], Q(pk__in=near_copies(text.body, of=review.pk))
    if text.text_hash:  # or the database would look at all texts that are too short to have one
        histories.append(_history(review, _("The same text"), Q(text_hash=text.text_hash)))
        nearly &= ~Q(text_hash=text.text_hash)
    histories.append(_history(review, _("Nearly the same text"), nearly))
    return [history for history in histories if history.newest]


def _history(review, label, same):
    others = Review.objects.filter(same).exclude(pk=review.pk).order_by("-submitted_at", "-pk")
    reviews = list(
        others.only("title", "status", "submitted_at", "monograph__title").select_related("monograph")[:MOST_COUNTED]
    )
    counts = Counter(other.get_status_display() for other in reviews)
    return History(label, counts.most_common(), reviews[:MOST_LISTED])


def earlier_decisions(review):
    """Return the newest decisions about a review that stand."""
    return list(review.decisions.standing().select_related("by")[:MOST_LISTED])


def earlier_wordings(review, number):
    """Return the other wordings of a review, newest first, without their stars."""
    wordings = Wording.objects.filter(review=review).exclude(number=number).order_by("-number")
    return list(wordings.defer("rating")[:MOST_LISTED])
