"""Likely sales messages, refused together for one reason, each with a Decision of its own."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reviews.admin.desk import beside, queue
from reviews.admin.desk.acts import UNDO_FOR, record
from reviews.admin.desk.forms import ReasonForm
from reviews.admin.desk.pages import page, to_next
from reviews.admin.desk.text import marked, places_in
from reviews.models import Card, Decision, Review

AT_ONCE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def several(request, *, admin):
    """Show likely sales messages with all their text, and refuse those that are ticked."""
    form = ReasonForm(
        request.POST if request.method == "POST" else None, initial={"reason": Decision.Reason.ADVERTISING}
    )
    ticked = dict(_number_and_revision(value) for value in request.POST.getlist("review")[:AT_ONCE])
    trouble = "" if ticked or not form.is_bound else _("Tick the messages to refuse.")
    if form.is_valid() and ticked:
        return _refuse(request, admin, ticked, form.cleaned_data)
    items = [_item(card, ticked) for card in _cards(request.user)]
    return page(request, admin, "several", _("Likely sales messages"), form=form, items=items, trouble=trouble)


def _cards(user):
    cards = Card.objects.free_for(user).decidable_by(user).filter(place=Card.Place.SPAM)
    return cards.in_order().select_related("review__monograph").defer("review__rating")[:AT_ONCE]


def _item(card, ticked):
    text, _number = beside.text_to_decide(card.review, card)
    return {
        "review": card.review,
        "text": text,
        "marked": marked(text, places_in(text), linked=False),
        "is_ticked": card.pk in ticked,
    }


def _refuse(request, admin, ticked, judgement):
    decisions = []
    for review in Review.objects.filter(pk__in=ticked).order_by("pk"):
        if not _is_for_several(review, request.user):
            messages.warning(request, _("“%(title)s” was left out: look at it by itself.") % {"title": review})
            continue
        try:
            decision = review.reject(
                by=request.user, seen=ticked[review.pk], was_blind=True, undo_for=UNDO_FOR, **judgement
            )
        except Review.WrongState as error:
            messages.warning(request, f"{review}: {error}")
        else:
            record(admin, request, decision)
            decisions.append(decision.pk)
    return to_next(request, undo=decisions)


def _is_for_several(review, user):
    """Whether its card is among the likely sales messages still, or gone, and nobody else looks at it."""
    card = Card.objects.filter(pk=review.pk).first()
    return card is None or (card.place == Card.Place.SPAM and not queue.other_holder(card, user))


def _number_and_revision(value):
    parts = value.split(":")
    is_number = len(parts) == 2 and len(value) < 30 and all(part.isdecimal() for part in parts)
    return tuple(map(int, parts)) if is_number else (0, 0)
