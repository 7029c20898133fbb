"""Pages of the whole site: the front page, and what machines ask about its health."""

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from monographs.addresses import absolute
from monographs.listing import latest_editions, letters, topics

LATEST = 6
MOST_TOPICS = 24


@require_safe
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
    closed = [reverse("admin:index"), reverse("search"), "/reviews/mine/", "/sign-off/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), "", f"Sitemap: {absolute(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
def healthz(request):
    """Answer that the process is alive; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request):
    """Answer 200 when the database, its migrations and the storage are ready, else 503 with what is not."""
    faults = []
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            faults.append("migrations are missing: run manage.py migrate")
    except DatabaseError:
        faults.append("the database does not answer")
    try:
        default_storage.exists("ready")
    except OSError:
        faults.append("the storage does not answer")
    text = "".join(f"{fault}\n" for fault in faults) or "ready\n"
    return HttpResponse(text, content_type="text/plain", status=503 if faults else 200)
