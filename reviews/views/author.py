"""The author's own pages: where their review stands, and what they can do about it."""

from contextlib import suppress
from http import HTTPStatus

from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reviews.appealing import appeal_until, obstacle_to_appeal, refusal_to_appeal
from reviews.author_forms import AppealForm
from reviews.models import Appeal, Review
from reviews.models.queries import ReviewQuerySet
from reviews.own_data import own_data
from reviews.second_review import first_of, put_into_first
from reviews.told import Told
from reviews.views.by_token import back_to, not_now, only_with


@only_with(ReviewQuerySet.by_token)
@require_safe
def my_review(request, review):
    """Where the review stands, what was decided and why, and its exact text."""
    return render(request, "reviews/my_review.html", {"review": review, "told": Told(review)})


@only_with(ReviewQuerySet.by_token)
@require_http_methods(["GET", "HEAD", "POST"])
def my_review_withdraw(request, review):
    """Ask once more, then take the review back."""
    if request.method == "POST":
        return _do(review.withdraw, review)
    if not review.can_be_withdrawn:
        return back_to(review)
    return render(request, "reviews/my_review_withdraw.html", {"review": review})


@only_with(ReviewQuerySet.by_confirmation_token)
@require_http_methods(["GET", "HEAD", "POST"])
def my_review_confirm(request, review):
    """Where the letter leads: a button puts the review into the queue. Programs follow links, but press no buttons.

    Whoever wrote one about the same edition before chooses between the two.
    """
    is_open = review.status in (Review.Status.UNCONFIRMED, Review.Status.PENDING)
    if is_open and not review.is_being_decided and (first := first_of(review)):
        return _choose(request, review, first)
    if request.method == "POST":
        return _do(review.confirm, review)
    if review.status != Review.Status.UNCONFIRMED:
        return back_to(review)
    return render(request, "reviews/my_review_confirm.html", {"review": review})


def _choose(request, review, first):
    choice = request.POST.get("choice")
    if choice == "new":
        with suppress(Review.WrongState):
            first = put_into_first(review)
        return back_to(first)
    if choice == "first":
        with suppress(Review.WrongState):
            review.withdraw()
        return back_to(first)
    return render(request, "reviews/my_review_second.html", {"review": review, "first": first})


@only_with(ReviewQuerySet.by_token)
@require_http_methods(["GET", "HEAD", "POST"])
def my_review_appeal(request, review):
    """Say what an appeal is, and send one."""
    form = AppealForm(request.POST if request.method == "POST" else None)
    why_not = obstacle_to_appeal(review)
    if form.is_bound and form.is_valid() and not why_not:
        try:
            review.appeal(form.cleaned_data["text"])
        except Appeal.NotPossible as obstacle:
            why_not = str(obstacle)
        else:
            return back_to(review)
    if why_not:
        typed = request.POST.get("text", "")
        return not_now(request, review, _("This decision cannot be appealed against now"), why_not, typed=typed)
    told = Told(review)
    context = {"review": review, "told": told, "form": form, "until": appeal_until(refusal_to_appeal(review))}
    return render(request, "reviews/my_review_appeal.html", context)


@only_with(ReviewQuerySet.by_token)
@require_http_methods(["GET", "HEAD", "POST"])
def my_review_erase(request, review):
    """Say what is erased and what stays, then do it. Afterwards no link leads here any more."""
    if request.method == "POST":
        review.erase()
        return HttpResponseRedirect(reverse("my_review_erased"), status=HTTPStatus.SEE_OTHER)
    return render(request, "reviews/my_review_erase.html", {"review": review})


@require_safe
def my_review_erased(request):
    """Say that it is done."""
    return render(request, "reviews/my_review_erased.html")


@only_with(ReviewQuerySet.by_token)
@require_POST
def my_review_renew(request, review):
    """Replace the link by another, and lead there."""
    review.renew_link()
    return back_to(review)


@only_with(ReviewQuerySet.by_token)
@require_safe
def my_review_data(request, review):
    """Everything that is kept about the review and its author, as a file."""
    indented = {"indent": 2, "ensure_ascii": False}
    response = JsonResponse(own_data(review), json_dumps_params=indented)
    response.headers["Content-Disposition"] = f'attachment; filename="review-{review.pk}.json"'
    return response


def _do(verb, review):
    # Pressed twice, or decided meanwhile: the author's page says where the review stands now.
    with suppress(Review.WrongState):
        verb()
    return back_to(review)
