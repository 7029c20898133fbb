"""What readers do about a public review: report it, or say that it helped.

No login is involved that another site could ride on, so Django's token would protect nothing. The report's form carries
a signed note instead; a vote is refused when a browser says that it comes from a page of another site.
"""

from contextlib import suppress
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from monographs.open_forms import TooMany
from monographs.page_voting import refuse_vote
from monographs.public_pages import public_page
from reviews.flag_form import FlagForm
from reviews.models import Review
from reviews.voting import has_voted


def _public_review_or_404(pk):
    return get_object_or_404(Review.objects.approved().for_reading(), pk=pk)


def _address(request):
    return request.META.get("REMOTE_ADDR", "")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
def review_report(request, pk):
    """Show the form in which a review is reported, and store what comes back."""
    review = _public_review_or_404(pk)
    form = FlagForm(request.POST if request.method == "POST" else None, edition=review.edition)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            # One that was withdrawn while the reader wrote needs no report any more.
            with suppress(Review.WrongState):
                review.flag(
                    reason=typed["reason"], note=typed["remark"], email=typed["email"], address=_address(request)
                )
        except TooMany as limit:
            form.refuse_for_now(limit)
        else:
            return HttpResponseRedirect(reverse("review_report_thanks"), status=HTTPStatus.SEE_OTHER)
    return form.page(request, "reviews/report_form.html", review=review)


@require_safe
@public_page
def review_report_thanks(request):
    """Say what happens with a report that was sent."""
    return render(request, "reviews/report_thanks.html")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
def review_helpful(request, pk):
    """Count that a review helped somebody, or no longer; then show what is counted, and the way to change it."""
    review = _public_review_or_404(pk)
    if request.method == "POST":
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            raise PermissionDenied
        verb = review.take_vote_back if "take_back" in request.POST else review.vote
        try:
            with suppress(Review.WrongState):
                verb(address=_address(request))
        except TooMany as limit:
            return refuse_vote(request, limit)
        return HttpResponseRedirect(request.path, status=HTTPStatus.SEE_OTHER)
    context = {"review": review, "has_voted": has_voted(review, address=_address(request))}
    return render(request, "reviews/helpful_page.html", context)
