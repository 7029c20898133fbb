"""Pages of the whole site: the front page, and what machines ask about its health."""

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from monographs.listing import by_letter, topics_with_counts
from monographs.models import Edition

LATEST = 6


@require_safe
def front_page(request):
    """Search, A to Z, topics and the latest editions."""
    in_force = Edition.objects.in_force()
    return render(
        request,
        "portal/front_page.html",
        {
            "latest": in_force.for_lists().order_by("-public_from", "-pk")[:LATEST],
            "letters": by_letter(in_force),
            "topics": topics_with_counts(),
        },
    )


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
