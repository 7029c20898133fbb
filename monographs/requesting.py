"""Asking for publication and answering: every step locks the monograph, as publishing does, so that one of two wins."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from monographs import mail
from monographs.models import LogEntry, Monograph, PublicationRequest
from monographs.publishing import draft_of


@transaction.atomic
def ask(monograph, *, by, note):
    """Do what `Monograph.ask_for_publication` says."""
    if not note.strip():
        raise ValueError("A request needs a note: publishers read what it is about.")
    locked = _lock(monograph)
    if earlier := locked.requests.open().first():
        raise PublicationRequest.AlreadyOpen(earlier)
    if problems := draft_of(locked)[1]:
        raise Monograph.CannotPublish(problems)
    request = PublicationRequest.objects.create(
        monograph=locked, asked_by=by, note=note.strip(), asked_at=timezone.now()
    )
    LogEntry.objects.create(
        monograph=locked, event=LogEntry.Event.REQUESTED, by=by, at=request.asked_at, note=request.note
    )
    transaction.on_commit(partial(mail.send_request, request))
    return request


@transaction.atomic
def send_back(request, *, by, message):
    """Do what `PublicationRequest.send_back` says."""
    if not message.strip():
        raise ValueError("A returned request needs a message: who asked reads what to mend.")
    locked = _lock(request.monograph)
    current = PublicationRequest.objects.get(pk=request.pk)
    if not current.is_open:
        raise PublicationRequest.AlreadyAnswered(current)
    current.status, current.message = PublicationRequest.Status.RETURNED, message.strip()
    current.answered_by, current.answered_at = by, timezone.now()
    current.save(update_fields=["status", "message", "answered_by", "answered_at"])
    LogEntry.objects.create(
        monograph=locked, event=LogEntry.Event.RETURNED, by=by, at=current.answered_at, note=current.message
    )
    transaction.on_commit(partial(mail.send_return, current))
    return current


def _lock(monograph):
    return Monograph.objects.select_for_update().get(pk=monograph.pk)
