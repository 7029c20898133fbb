"""Sending a text to a clinician for sign-off, and what becomes of it."""

import hashlib
import secrets
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from monographs import mail
from monographs.freezing import freeze_after_commit
from monographs.models import Edition, LogEntry, Monograph, SignOff, Standing
from monographs.publishing import draft_of, render_sections

_signer = partial(Signer, salt="monographs.sign_off", sep=".")


@transaction.atomic
def send(monograph, *, by, recipient):
    """Do what `Monograph.send_for_sign_off` says."""
    locked = Monograph.objects.select_for_update().get(pk=monograph.pk)
    draft, problems = draft_of(locked)
    # A text that is public already can be signed as well.
    if problems and not locked.editions.filter(digest=draft.digest).exists():
        raise Monograph.CannotPublish(problems)
    if earlier := SignOff.objects.waiting().filter(monograph=locked, digest=draft.digest, recipient=recipient).first():
        raise SignOff.AlreadySent(earlier)
    now = timezone.now()
    token = _signer().sign(secrets.token_urlsafe(24))
    sign_off = SignOff.objects.create(
        monograph=locked,
        digest=draft.digest,
        contents=draft.contents,
        recipient=recipient,
        sent_by=by,
        sent_at=now,
        expires_at=now + timedelta(days=settings.SIGN_OFF_DAYS),
        token_hash=_hash_of(token),
    )
    sign_off.token = token
    _log(sign_off, LogEntry.Event.SENT, by=by, at=now, note=recipient)
    return sign_off


def find(token):
    """Return the SignOff that a link's token belongs to, or None for a made-up one."""
    try:
        _signer().unsign(token)
    except BadSignature:
        return None
    found = SignOff.objects.select_related("monograph", "sent_by").filter(token_hash=_hash_of(token)).first()
    if found:
        found.token = token
    return found


def _hash_of(token):
    # The token is 192 random bits, so a plain hash cannot be searched through.
    return hashlib.sha256(token.encode()).hexdigest()


def as_read(sign_off):
    """Return the text that was sent as an unsaved Edition, with the HTML that publishing would make of it."""
    sections, _problems = render_sections(sign_off.contents)
    editions = sign_off.monograph.editions.order_by("-number")
    published = editions.filter(digest=sign_off.digest).first()
    latest = editions.first()
    return Edition(
        **{**sign_off.contents, "sections": sections},
        monograph=sign_off.monograph,
        number=published.number if published else latest.number + 1 if latest else 1,
        digest=sign_off.digest,
    )


@transaction.atomic
def sign(sign_off, *, name, credentials, declaration, comments):
    """Do what `SignOff.sign` says."""
    _answer(
        sign_off,
        SignOff.Status.SIGNED,
        LogEntry.Event.SIGNED,
        name=name,
        credentials=credentials,
        declaration=declaration,
        comments=list(comments),
    )


@transaction.atomic
def send_back(sign_off, *, name, credentials, comments):
    """Do what `SignOff.send_back` says."""
    if not comments:
        raise ValueError("A text that is returned needs a comment: its editors read what to mend.")
    _answer(
        sign_off,
        SignOff.Status.RETURNED,
        LogEntry.Event.OBJECTED,
        name=name,
        credentials=credentials,
        comments=list(comments),
    )


def _answer(sign_off, status, event, **answer):
    locked = _lock(sign_off)
    if not locked.is_open:
        raise SignOff.NotOpen(locked)
    answer |= {"status": status, "answered_at": timezone.now()}
    _store(locked, sign_off, **answer)
    note = "\n\n".join(f"{comment['heading']}: {comment['text']}" for comment in locked.comments)
    _log(locked, event, name=locked.name, at=locked.answered_at, note=note)
    transaction.on_commit(partial(mail.send_answer, sign_off))


@transaction.atomic
def revoke(sign_off, *, by):
    """Do what `SignOff.revoke` says."""
    locked = _lock(sign_off)
    if not locked.can_be_revoked:
        raise SignOff.NotOpen(locked)
    _store(locked, sign_off, status=SignOff.Status.REVOKED, revoked_by=by, revoked_at=timezone.now())
    _log(locked, LogEntry.Event.REVOKED, by=by, at=locked.revoked_at, note=locked.recipient)


def _lock(sign_off):
    # The monograph first, as publishing does: an edition and a signature for it made at once must see each other.
    Monograph.objects.select_for_update().get(pk=sign_off.monograph_id)
    return SignOff.objects.select_for_update().get(pk=sign_off.pk)


def _store(locked, sign_off, **values):
    """Change the row, bring the caller's object up to date with it, and the standing of the editions with this text."""
    for name, value in values.items():
        setattr(locked, name, value)
        setattr(sign_off, name, value)
    locked.save(update_fields=list(values))
    Standing.objects.refresh(Edition.objects.filter(monograph=locked.monograph_id, digest=locked.digest))
    freeze_after_commit([locked.monograph_id])


def _log(sign_off, event, **details):
    LogEntry.objects.create(monograph_id=sign_off.monograph_id, event=event, **details)
