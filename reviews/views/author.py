"""The author's own pages: where their review stands, and what they can do about it."""

from contextlib import suppress

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reviews.appealing import appeal_until, obstacle_to_appeal, refusal_to_appeal
from reviews.author_forms import AppealForm
from reviews.models import Appeal, Review
from reviews.models.queries import ReviewQuerySet
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
    """Where the letter leads: a button puts the review into the queue. Programs follow links, but press no buttons."""
    if request.method == "POST":
        return _do(review.confirm, review)
    if review.status != Review.Status.UNCONFIRMED:
        return back_to(review)
    return render(request, "reviews/my_review_confirm.html", {"review": review})


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


def _do(verb, review):
    # Pressed twice, or decided meanwhile: the author's page says where the review stands now.
    with suppress(Review.WrongState):
        verb()
    return back_to(review)
