"""Figures for Prometheus at /metrics: of all workers together, and of what waits in the database.

Each worker writes its counts to files that all of them read. Requests that the front door answers from a kept page do
not come to Django; each thread of a worker counts them in steps of 50, so that the figure lags that much behind.
"""

import os
import time

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from monographs.models import Correction
from monographs.page_cache import KEEP
from portal.shared_counts import FOLDER
from reviews.models import Card, Letter

REGISTRY = CollectorRegistry()
REQUESTS = Counter("portal_requests", "Requests that Django answered.", ["route", "status"], registry=REGISTRY)
KEPT = Counter("portal_kept_pages", "Requests that were answered from a kept page.", registry=REGISTRY)
MADE = Counter("portal_made_pages", "Pages that could have been kept and had to be made.", registry=REGISTRY)
REPLICA = Counter(
    "portal_replica_pages", "Pages that a replica may answer, by who did.", ["answered_by"], registry=REGISTRY
)
SECONDS = Histogram(
    "portal_request_seconds",
    "How long Django took.",
    ["part"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=REGISTRY,
)


def count_requests(get_response):
    """Count each request by the name of its address and its status, and how long it took."""
    if not settings.METRICS_TOKEN:
        raise MiddlewareNotUsed

    def middleware(request):
        started = time.perf_counter()
        response = get_response(request)
        match = request.resolver_match
        REQUESTS.labels(match.view_name if match else "none", response.status_code).inc()
        SECONDS.labels(_part_of(request.path)).observe(time.perf_counter() - started)
        if KEEP in request.META:
            MADE.inc()
        return response

    return middleware


def _part_of(path):
    first = path.split("/")[1]
    if first == settings.ADMIN_PATH:
        return "admin"
    return first if first in ("api", "static", settings.MEDIA_URL.strip("/")) else "public"


class Waiting:
    """What waits, read from the rows when somebody asks: the same whichever worker answers.

    Without the database only this is missing: the counts of requests tell then what readers get.
    """

    def collect(self):
        try:
            yield from self._figures()
        except DatabaseError:
            answers = 0
        else:
            answers = 1
        yield _gauge("portal_database_answers", "Whether the database answers: 1 or 0.", answers)

    def _figures(self):
        now = timezone.now()
        cards = Card.objects.order_by("since")
        yield _gauge("portal_queue_length", "Reviews that wait for a moderator.", cards.count())
        yield _gauge("portal_queue_age_seconds", "How long the oldest of them has waited.", _age(cards, "since", now))
        letters = Letter.objects.filter(sent_at=None)
        yield _gauge("portal_letters_waiting", "Letters whose time has come.", letters.filter(due_at__lte=now).count())
        yield _gauge("portal_letters_failed", "Letters that failed at least once.", letters.exclude(fault="").count())
        corrections = Correction.objects.filter(status=Correction.Status.OPEN)
        yield _gauge("portal_corrections_open", "Reports of errors that wait for an editor.", corrections.count())


def _gauge(name, help_text, value):
    return GaugeMetricFamily(name, help_text, value=value)


def _age(rows, name, now):
    oldest = rows.values_list(name, flat=True).first()
    return (now - oldest).total_seconds() if oldest else 0


@require_safe
def metrics(request):
    """Every figure, for whoever sends METRICS_TOKEN; where none is set there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not constant_time_compare(given, f"Bearer {settings.METRICS_TOKEN}"):
        return HttpResponse(
            "Send the header “Authorization: Bearer” with METRICS_TOKEN.\n",
            status=401,
            content_type="text/plain; charset=utf-8",
            headers={"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"},
        )
    counts = REGISTRY
    if FOLDER in os.environ:
        counts = CollectorRegistry()
        MultiProcessCollector(counts)
    waiting = CollectorRegistry()
    waiting.register(Waiting())
    return HttpResponse(
        generate_latest(counts) + generate_latest(waiting),
        content_type="text/plain; version=0.0.4; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
