"""The author's own pages. Whoever holds the link is the author; there is no account.

The secret in the address is what a request needs, and no cookie is sent, so Django's token would protect nothing.
"""

from contextlib import suppress
from functools import wraps
from http import HTTPStatus

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from reviews.models import Review
from reviews.models.queries import ReviewQuerySet


def _only_with(find):
    """Give the view the review that `find` gets for the token in the address, and keep the page to its author."""

    def decorate(view):
        @csrf_exempt
        @wraps(view)
        def wrapped(request, token):
            try:
                review = find(Review.objects.select_related("edition__monograph"), token)
            except Review.DoesNotExist:
                response = render(request, "reviews/my_review_unknown.html", status=HTTPStatus.NOT_FOUND)
            else:
                response = view(request, review)
            response.headers["Cache-Control"] = "no-store"
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        return wrapped

    return decorate


@_only_with(ReviewQuerySet.by_token)
@require_safe
def my_review(request, review):
    """Where the review stands, what was decided and why, and its exact text."""
    return render(request, "reviews/my_review.html", {"review": review, "decisions": list(review.decisions.all())})


@_only_with(ReviewQuerySet.by_token)
@require_http_methods(["GET", "HEAD", "POST"])
def my_review_withdraw(request, review):
    """Ask once more, then take the review back."""
    if request.method == "POST":
        return _do(review.withdraw, review)
    if not review.can_be_withdrawn:
        return _back_to(review)
    return render(request, "reviews/my_review_withdraw.html", {"review": review})


@_only_with(ReviewQuerySet.by_confirmation_token)
@require_http_methods(["GET", "HEAD", "POST"])
def my_review_confirm(request, review):
    """Where the letter leads: a button puts the review into the queue. Programs follow links, but press no buttons."""
    if request.method == "POST":
        return _do(review.confirm, review)
    if review.status != Review.Status.UNCONFIRMED:
        return _back_to(review)
    return render(request, "reviews/my_review_confirm.html", {"review": review})


def _do(verb, review):
    # Pressed twice, or decided meanwhile: the author's page says where the review stands now.
    with suppress(Review.WrongState):
        verb()
    return _back_to(review)


def _back_to(review):
    return HttpResponseRedirect(review.get_author_url(), status=HTTPStatus.SEE_OTHER)
