"""Whoever holds the link is the author; there is no account.

The secret in the address is what a request needs, and no cookie is sent, so Django's token would protect nothing.
"""

from functools import wraps
from http import HTTPStatus

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from reviews.models import Review


def only_with(find):
    """Give the view the review that `find` gets for the token in the address, and keep the page to its author."""

    def decorate(view):
        @csrf_exempt
        @wraps(view)
        def wrapped(request, token):
            try:
                review = find(Review.objects.select_related("edition", "monograph"), token)
            except Review.DoesNotExist:
                response = render(request, "reviews/my_review_unknown.html", status=HTTPStatus.NOT_FOUND)
            else:
                response = view(request, review)
            return keep_private(response)

        return wrapped

    return decorate


def keep_private(response):
    """Keep a page out of caches and search engines, and its address out of requests to others."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def back_to(review):
    """Lead to the author's page, which says where the review stands now."""
    return HttpResponseRedirect(review.get_author_url(), status=HTTPStatus.SEE_OTHER)


def not_now(request, review, question, why, *, typed=""):
    """Say why something cannot be done now, and give back what was typed."""
    context = {"review": review, "question": question, "why": why, "typed": typed}
    return render(request, "reviews/my_review_not_now.html", context, status=HTTPStatus.CONFLICT)
