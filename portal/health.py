"""What machines ask: is the process alive, and are the parts that it needs there?"""

import shutil
from tempfile import TemporaryFile
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import DisallowedHost
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from monographs.migrated import lacks_migrations
from monographs.models import Picture
from portal.replica import ALIAS, OtherDatabase, lag, written

LEAST_ROOM = 50_000_000
"""Bytes on the disk of DATA_DIR: below, SQLite and uploads soon fail."""

OF_MACHINES = ("/healthz", "/readyz", "/metrics")


def at_every_name(get_response):
    """Answer machines at whatever name they ask: a monitor asks each process at the address and port of its machine.

    Nothing of what they are told depends on the name, and ALLOWED_HOSTS need not list such addresses for everybody.
    """
    host = urlsplit(settings.SITE_URL).netloc

    def middleware(request):
        if request.path in OF_MACHINES:
            try:
                request.get_host()
            except DisallowedHost:
                request.META["HTTP_HOST"] = host
        return get_response(request)

    return middleware


@require_safe
def healthz(request):
    """Answer that the process is alive; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request):
    """Answer 200 when everything that a page needs is ready, else 503; and name what is not, one thing a line.

    Without what only makes the site quicker it is ready: no proxy is to turn readers away then.
    """
    faults = [fault for check in (_database, _storage, _disk) if (fault := check())]
    lines = [*(faults or ["ready"]), *(note for check in (_cache, _replica) if (note := check()))]
    text = "".join(f"{line}\n" for line in lines)
    response = HttpResponse(text, content_type="text/plain", status=503 if faults else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _database():
    try:
        if lacks_migrations():
            return "migrations are missing: run manage.py migrate"
    except DatabaseError:
        return "the database does not answer"
    return None


def _storage():
    """Look for the newest picture: an empty folder where a disk should be mounted answers too."""
    try:
        picture = Picture.objects.order_by("-pk").first()
    except DatabaseError:
        return None
    try:
        if default_storage.exists(picture.file.name if picture else "ready") or not picture:
            return None
    except Exception:  # each storage raises its own kind
        return "the storage does not answer"
    return "the storage does not hold the pictures"


def _cache():
    cache.set("ready", "ready", 10)
    return "the cache does not answer: each process keeps for itself" if getattr(cache, "is_away", False) else None


def _replica():
    if ALIAS not in settings.DATABASES:
        return None
    try:
        missing = lag(written())
    except DatabaseError:
        return "the replica does not answer: the primary answers for it"
    except OtherDatabase:
        return "REPLICA_URL is no replica of DATABASE_URL: the primary answers for it"
    return f"the replica lags by {missing} bytes: the primary answers for it" if missing else None


def _disk():
    try:
        free = shutil.disk_usage(settings.DATA_DIR).free
    except OSError:
        return "the disk of DATA_DIR does not answer"
    if free < LEAST_ROOM:
        return "the disk of DATA_DIR is nearly full"
    if connection.vendor == "sqlite" or isinstance(storages["default"], FileSystemStorage):
        try:
            TemporaryFile(dir=settings.DATA_DIR).close()
        except OSError:
            return "the disk of DATA_DIR takes no files: it is read-only, or belongs to somebody else"
    return None
