"""The check before sending: a page between, and the same while somebody types."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from monographs.open_forms.minute import count_in_minute
from monographs.problems import problem
from reviews.checking import Check
from reviews.models import Review
from reviews.models.queries import ReviewQuerySet
from reviews.models.written_text import WrittenText
from reviews.text import tidy
from reviews.views.by_token import only_with
from reviews.views.public import edition_or_404

MOST_BYTES = 40_000
"""A little more than the longest review that the form takes, encoded."""

LIVE_PER_MINUTE = 60
"""Checks while typing that one network may ask for. Who types without a pause asks for fewer, one a second at most."""


def check_page(request, form, check, *, action):
    """Show what may stop a review before it is sent; everything typed goes along to `action`, whichever way."""
    context = {"edition": form.instance.edition, "form": form, "check": check, "action": action}
    return render(request, "reviews/review_check.html", context)


@csrf_exempt
@require_POST
@cache_control(no_store=True)
def review_check(request, slug):
    """Say in JSON what the screening sees in a text that is being typed. Stores nothing and asks for no cookie."""
    if not settings.REVIEWS_OPEN:
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    edition_or_404(slug)
    return _live(request)


@only_with(ReviewQuerySet.by_token)
@require_POST
def my_review_check(request, review):
    """Say the same of a new wording of a review, which is no copy of that review."""
    return _live(request, of=review.pk)


def _live(request, *, of=None):
    minute = count_in_minute("check", request)
    if minute.count > LIVE_PER_MINUTE:
        pause = _(
            "Checking pauses for a minute, because a lot was checked from your network. You can go on writing: nothing "
            "is lost, and your text is checked before it is sent."
        )
        response = problem(HTTPStatus.TOO_MANY_REQUESTS, pause)
        response.headers["Retry-After"] = str(minute.wait)
        return response
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    request.encoding = "utf-8"
    text = Review(**{name: _typed(request, name) for name in WrittenText.TYPED})
    check = Check(text, of=of)
    return JsonResponse(
        {
            "crisis": check.is_crisis,
            "crisis_in": list(
                dict.fromkeys(found.where for found in check.screening.findings if found.kind == "crisis")
            ),
            "summary": _summary(len(check.advice)),
            "advice": [
                {
                    "label": str(one.label),
                    "sentence": str(one.sentence),
                    "places": [_place(one, found) for found in one.findings],
                }
                for one in check.advice
            ],
        }
    )


def _place(advice, finding):
    """Name the field, and the words unless they are the whole text of it."""
    return {"field": finding.where, "words": "" if advice.is_whole(finding) else finding.words[:80]}


def _typed(request, name):
    return tidy(request.POST.get(name, ""))[: Review._meta.get_field(name).max_length]


def _summary(count):
    if not count:
        return _("Nothing in your text seems to break a rule now.")
    return (
        ngettext(
            "%d thing in your text may stop the review. It stands below the field.",
            "%d things in your text may stop the review. They stand below the fields.",
            count,
        )
        % count
    )
