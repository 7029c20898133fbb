"""What a moderator does at the desk: each posts a form, and leads to the page that comes next."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from reviews.admin.desk import beside, queue
from reviews.admin.desk.forms import ApprovalForm, RefusalForm
from reviews.admin.desk.pages import address_of, show, to_next
from reviews.admin.desk.words import held_in_words
from reviews.models import Card, Decision, Review

UNDO_FOR = timedelta(seconds=10)


@require_POST
def approve(request, pk, *, admin):
    """Answer yes to what the review's card asks."""
    review, matter, _text = _looked_at(pk)
    form = ApprovalForm(request.POST, matter=matter)
    if not form.is_valid():
        return show(request, admin, pk, approval=form)
    return _decide(request, admin, review, review.approve, form, {"approval": form})


@require_POST
def reject(request, pk, *, admin):
    """Answer no, for a reason."""
    review, matter, text = _looked_at(pk)
    form = RefusalForm(request.POST, matter=matter, text=text)
    if not form.is_valid():
        return show(request, admin, pk, refusal=form)
    return _decide(request, admin, review, review.reject, form, {"refusal": form})


def _looked_at(pk):
    review = Review.objects.filter(pk=pk).first()
    if review is None:
        raise Http404
    card = queue.card_of(pk)
    if card is None:
        return review, Card.Matter.WORDING, review
    return review, card.matter, beside.text_to_decide(review, card)[0]


def _decide(request, admin, review, verb, form, forms):
    if not Card.objects.claim(review.pk, by=request.user) and (card := queue.card_of(review.pk)):
        return show(request, admin, review.pk, trouble=held_in_words(card), status=409, **forms)
    try:
        decision = verb(by=request.user, was_blind=True, undo_for=UNDO_FOR, **form.cleaned_data)
    except Review.WrongState as error:
        return show(request, admin, review.pk, trouble=str(error), status=409, **forms)
    record(admin, request, decision)
    return to_next(request, undo=[decision.pk])


def record(admin, request, decision):
    """Note a decision in Django's own log."""
    admin.log_change(request, decision.review, str(decision.get_verdict_display()))


@require_POST
def undo(request, *, admin):
    """Take decisions back, and return to the review, or to the queue when there were several."""
    numbers = [number for number in request.POST.getlist("decision") if number.isdecimal() and len(number) < 19]
    taken_back = []
    for decision in Decision.objects.filter(pk__in=numbers).select_related("review"):
        try:
            decision.retract(by=request.user)
        except Review.WrongState as error:
            messages.warning(request, f"{decision.review}: {error}")
        else:
            admin.log_change(request, decision.review, _("decision taken back"))
            taken_back.append(decision.review)
    if not taken_back:
        return to_next(request)
    if len(taken_back) == 1:
        messages.success(request, _("The decision is taken back. Nobody was told of it."))
        return redirect(address_of(taken_back[0].pk))
    count = len(taken_back)
    messages.success(request, ngettext("%d decision is taken back.", "%d decisions are taken back.", count) % count)
    return to_next(request)


@require_POST
def skip(request, pk, *, admin):
    """Leave a review to somebody else, or to later."""
    if review := Review.objects.filter(pk=pk).first():
        queue.skip(request, review)
        Card.objects.release(pk, by=request.user)
    return to_next(request)


@require_POST
def show_skipped_again(request, *, admin):
    """Begin with the queue's first review again."""
    queue.unskip(request)
    return to_next(request)


@require_POST
def take_over(request, pk, *, admin):
    """Look at a review that somebody else is looking at."""
    Card.objects.claim(pk, by=request.user, take_over=True)
    return redirect(address_of(pk))


@require_POST
def hold(request, pk, *, admin):
    """Keep the card while its page is used; answer what the moderator should know, or ""."""
    is_held = Card.objects.claim(pk, by=request.user)
    review = Review.objects.filter(pk=pk).only("revision").first()
    card = queue.card_of(pk)
    notice = ""
    if card is None or review is None:
        notice = _("This review needs no decision any more. Go on to the next one.")
    elif not is_held:
        notice = held_in_words(card)
    elif request.POST.get("seen") != str(review.revision):
        notice = _("Something changed after you opened this review. Open it again before you decide.")
    return JsonResponse({"notice": notice})
