"""Pages of the whole site: the front page, and what crawlers ask for."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from monographs.addresses import absolute
from monographs.listing import latest_editions, letters, topics
from monographs.public_pages import public_page

LATEST = 6
MOST_TOPICS = 24


@require_safe
@public_page
def front_page(request):
    """Search, A to Z, topics and the latest editions."""
    return render(
        request,
        "portal/front_page.html",
        {"latest": latest_editions(LATEST), "letters": letters(), "topics": topics()[:MOST_TOPICS]},
    )


@require_safe
def robots(request):
    """Tell crawlers where the sitemap is, and to leave alone what is for single people or without end."""
    closed = [f"{reverse('search')}?", "/reviews/mine/", "/sign-off/"]
    if settings.ADMIN_PATH == "admin":  # another path is nobody's business; its pages forbid indexing themselves
        closed.insert(0, reverse("admin:index"))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {absolute(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
