"""Pages that are the same for everybody: what they show follows from their address, the database and the clock alone.

So the server may keep them until the next commit of anybody (portal.front_door), and shared caches if they ask each
time. Forms, which carry the time at which they were opened, and pages of single people are none of these.
"""

from datetime import timedelta
from functools import wraps

from django.utils import timezone
from django.utils.cache import patch_cache_control

from monographs.due_dates import beginning_of
from monographs.models import Edition
from monographs.page_cache import KEEP, UNTIL_COMMIT


def public_page(view):
    """Declare that a view's pages are public pages; each of their addresses is known by its path and query alone."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        request.META[KEEP] = UNTIL_COMMIT
        return response

    return wrapped


def next_change(after):
    """Return when public pages change next by the clock alone: an edition comes into force, or a day begins."""
    tomorrow = beginning_of(timezone.localdate(after) + timedelta(days=1))
    scheduled = Edition.objects.scheduled(at=after).order_by("public_from").values_list("public_from", flat=True)
    return min([tomorrow, *scheduled[:1]])
