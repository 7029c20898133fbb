"""The form in which a review is written."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponseRedirect
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from monographs.former_addresses import follow_former_slug
from monographs.open_forms import AlreadySent, TooMany
from reviews.checking import Check
from reviews.forms import ReviewForm
from reviews.submission import submit
from reviews.views.checked import check_page
from reviews.views.public import edition_or_404


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
@follow_former_slug
def review_new(request, slug):
    """Show the form; store what comes back and lead its author to a page of their own.

    There is no login here that another site could ride on, so Django's token would protect nothing and would cost
    every reader a cookie. What the form needs instead, it carries itself: a signed note of when and for which
    monograph it was opened (monographs.open_forms). The page may be kept by the browser but not by caches in between,
    so that going back shows what was typed.
    """
    edition = edition_or_404(slug)
    if request.method != "POST":
        return _page(request, ReviewForm(edition=edition))
    request.encoding = "utf-8"
    form = ReviewForm(request.POST, edition=edition)
    if not settings.REVIEWS_OPEN:
        form.status = HTTPStatus.FORBIDDEN
        return _page(request, form)
    if not form.is_valid():
        return _page(request, form)
    review = form.save(commit=False)
    check = Check(review, request.POST.get("seen_findings", ""))
    if "change" in request.POST:
        return _page(request, form, check=check)
    if check.is_new:
        return check_page(request, form, check, action=request.path)
    try:
        submit(review, address=request.META.get("REMOTE_ADDR", ""))
    except TooMany as limit:
        form.refuse_for_now(limit)
        return _page(request, form)
    except AlreadySent as before:
        if not form.says_the_same_as(before.sent):
            form.refuse_as_sent_before()
            return _page(request, form)
        review = before.sent
    return HttpResponseRedirect(review.get_author_url(), status=HTTPStatus.SEE_OTHER)


def _page(request, form, *, check=None):
    return form.page(request, "reviews/review_form.html", check=check)
