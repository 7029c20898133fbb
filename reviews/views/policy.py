"""How reviews are checked, written from the settings that are in force."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monographs.public_pages import public_page
from reviews.models import Decision


@require_safe
@public_page
def policy(request):
    """Who may write, what is checked and by whom, what is not, and what is kept for how long."""
    context = {
        "confirm_email": settings.REVIEWS_CONFIRM_EMAIL,
        "minimum": settings.REVIEWS_MINIMUM_FOR_AVERAGE,
        "per_hour": settings.REVIEWS_PER_HOUR,
        "appeal_days": settings.APPEAL_DAYS,
        "retention_days": settings.ADDRESS_RETENTION_DAYS,
        "reasons": list(Decision.Reason),
    }
    return render(request, "reviews/policy_page.html", context)
