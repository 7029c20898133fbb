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

from reviews.checking import advice_from
from reviews.models import Review
from reviews.models.written_text import WrittenText
from reviews.screening import screen
from reviews.text import tidy
from reviews.views.public import edition_or_404

MOST_BYTES = 40_000
"""A little more than the longest review that the form takes, encoded."""


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
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    edition_or_404(slug)
    request.encoding = "utf-8"
    screening = screen(**{name: _typed(request, name) for name in WrittenText.TYPED})
    advice = advice_from(screening.findings)
    return JsonResponse(
        {
            "crisis": screening.crisis,
            "crisis_in": list(dict.fromkeys(found.where for found in screening.findings if found.kind == "crisis")),
            "summary": _summary(len(advice)),
            "advice": [
                {
                    "label": str(one.label),
                    "sentence": str(one.sentence),
                    "places": [{"field": finding.where, "words": finding.words[:80]} for finding in one.findings],
                }
                for one in advice
            ],
        }
    )


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
