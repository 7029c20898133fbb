"""The desk's pages: what is on them, and none of it tells the stars."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews.addresses import email_hashes
from reviews.admin.desk import beside, queue
from reviews.admin.desk.forms import ApprovalForm, RefusalForm
from reviews.admin.desk.text import marked, places_in
from reviews.admin.desk.words import held_in_words
from reviews.models import Card, Decision, Review


@require_safe
def desk(request, *, admin):
    """Lead to the review that comes next; without one, say so."""
    place = request.GET.get("place", "")
    pk = queue.take_next(request, int(place) if place.isdecimal() and len(place) == 1 else None)
    if pk:
        return HttpResponseRedirect(address_of(pk, request.GET.getlist("undo")))
    context = {"groups": queue.groups(None, request), "has_skipped": queue.has_skipped(request), "place": place}
    return page(request, admin, "empty", _("Desk"), **context)


@require_safe
def one_review(request, pk, *, admin):
    """Show one review and hold its card; a review that needs nobody says why."""
    return show(request, admin, pk)


def show(request, admin, pk, *, trouble="", approval=None, refusal=None, status=200):
    """Return the page of one review, with what went wrong and what was typed, if a decision failed."""
    review = Review.objects.select_related("monograph", "edition").defer("rating").filter(pk=pk).first()
    if review is None:
        raise Http404
    is_held = Card.objects.claim(pk, by=request.user)
    card = queue.card_of(pk)
    if card is None:
        typed = (refusal or approval) and (refusal or approval)["message"].value()
        context = {"groups": queue.groups(None, request), "trouble": trouble, "typed": typed}
        context |= {"decision": review.last_decision}
        return page(request, admin, "settled", review.title, review=review, status=status, **context)
    text, number = beside.text_to_decide(review, card)
    places = places_in(text)
    groups = queue.groups(card, request)
    previous, following = queue.neighbours(card, groups)
    approval = approval or ApprovalForm(matter=card.matter)
    refusal = refusal or RefusalForm(matter=card.matter, text=text, initial=_first_reason(review, card))
    context = {
        "card": card,
        "text": text,
        "wording": number,
        "marked": marked(text, places),
        "places": places,
        "chosen": beside.context_of(text),
        "changes": beside.changes_against_public(review, text),
        "reports": beside.reports_about(review) if card.flag_count else None,
        "appeal": review.appeals.open().select_related("against").first(),
        "similar": beside.similar_reviews(review, text),
        "histories": beside.histories_of_author(review),
        "decisions": beside.earlier_decisions(review),
        "wordings": beside.earlier_wordings(review, number),
        "groups": groups,
        "previous": previous,
        "following": following,
        "trouble": trouble,
        "obstacle": _obstacle(request.user, review),
        "other_holder": None if is_held else card.holder(),
        "held_in_words": "" if is_held else held_in_words(card),
        "approval": approval,
        "refusal": refusal,
        "extra_marks": [value for value in refusal.marked() if value not in {place.value for place in places}],
    }
    return page(request, admin, "review", review.title, review=review, status=status, **context)


def page(request, admin, template, title, *, status=200, **context):
    """Return one of the desk's pages in the admin's frame."""
    undo = _undoable(request)
    context = {
        **admin.admin_site.each_context(request),
        "is_nav_sidebar_enabled": False,
        "opts": admin.opts,
        "title": title,
        "undo": undo,
        "undo_seconds": max(((decision.final_at - timezone.now()).seconds for decision in undo), default=0),
        **context,
    }
    return TemplateResponse(request, f"admin/reviews/desk/{template}.html", context, status=status)


def address_of(pk=None, undo=()):
    """Return the address of a review's page, or of the desk; there the decisions `undo` can be taken back."""
    address = reverse("admin:reviews_desk_review", args=[pk]) if pk else reverse("admin:reviews_desk")
    query = "&".join(f"undo={number}" for number in undo if str(number).isdecimal())
    return f"{address}?{query}" if query else address


def to_next(request, undo=()):
    """Return a redirect to what comes next."""
    return redirect(address_of(queue.take_next(request), undo))


def _obstacle(user, review):
    """Return why a user cannot decide this review at all, or ""."""
    if review.email_hash in email_hashes(user.email):
        return _("You wrote this review, so somebody else must decide it.")
    if review.appeals.open().filter(against__by=user).exists():
        return _("You took part in this before, so somebody else must answer the appeal.")
    return ""


def _first_reason(review, card):
    """Whoever upholds a refusal mostly does so for the same reason."""
    if card.matter != Card.Matter.APPEAL:
        return {}
    return {"reason": review.appeals.open().get().against.reason}


def _undoable(request):
    """Return the decisions that the address names, while the user may still take them back."""
    numbers = [number for number in request.GET.getlist("undo")[:100] if number.isdecimal() and len(number) < 19]
    if not numbers:
        return []
    mine = Decision.objects.standing().filter(pk__in=numbers, by=request.user, final_at__gt=timezone.now())
    return list(mine.select_related("review"))
