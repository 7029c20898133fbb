"""Corrections from readers: how one comes in, and how it is answered."""

from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs import mail
from monographs.locks import one_at_a_time
from monographs.models import Correction, LogEntry
from monographs.open_forms import AlreadySent, count_sent, hash_of_network

PURPOSE = "corrections"
MOST_PER_HOUR = 5
"""Corrections that one network may send in an hour."""


@transaction.atomic
def report(correction, *, address):
    """Store a correction that a reader has written. Raises TooMany or AlreadySent, and then stores nothing."""
    correction.network_hash = hash_of_network(PURPOSE, address)
    one_at_a_time(correction.network_hash, correction.form_key and correction.form_key.hex)
    if correction.form_key and (sent := Correction.objects.filter(form_key=correction.form_key).first()):
        raise AlreadySent(sent)
    if correction.network_hash:
        earlier = Correction.objects.filter(network_hash=correction.network_hash)
        count_sent(PURPOSE, address, earlier, most=MOST_PER_HOUR, sent_at="sent_at")
    correction.save(force_insert=True)
    _log(correction, LogEntry.Event.REPORTED, name=_("A reader"), at=correction.sent_at, note=correction.place)


@transaction.atomic
def answer_correction(correction, status, *, by, answer):
    """Do what `Correction.accept` and `Correction.decline` say."""
    if not answer.strip():
        raise ValueError("A correction needs an answer: its reader gets it, and the log keeps it.")
    locked = Correction.objects.select_for_update().get(pk=correction.pk)
    if not locked.is_open:
        raise Correction.AlreadyAnswered(locked)
    values = {"status": status, "answer": answer.strip(), "answered_by": by, "answered_at": timezone.now()}
    for name, value in values.items():
        setattr(locked, name, value)
        setattr(correction, name, value)
    locked.save(update_fields=list(values))
    event = LogEntry.Event.ACCEPTED if status == Correction.Status.ACCEPTED else LogEntry.Event.DECLINED
    _log(locked, event, by=by, at=locked.answered_at, note=f"{locked.place}: {locked.answer}")
    transaction.on_commit(partial(mail.send_correction_answer, correction))


def _log(correction, event, **details):
    LogEntry.objects.create(
        monograph_id=correction.edition.monograph_id, event=event, edition=correction.edition, **details
    )
