"""Letters to authors, and to readers who reported a review.

A mail server that fails loses nothing: the letter stays stored, `send_digests` tries again, and the author's page says
the same.
"""

import logging
from threading import Timer

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.models import Decision, Letter

logger = logging.getLogger(__name__)


def deliver_when_due(letter):
    """Send a letter now, or as soon as the decision that it tells of is final."""
    wait = (letter.due_at - timezone.now()).total_seconds()
    if wait <= 0:
        deliver(letter)
        return
    timer = Timer(wait, _deliver_later, [letter])
    timer.daemon = True
    timer.start()


def deliver_due(now=None):
    """Send every letter whose time has come; return how many were sent, and how many failed."""
    letters = list(Letter.objects.due(now).values_list("pk", flat=True))
    results = [deliver(letter, now) for letter in Letter.objects.filter(pk__in=letters)]
    return results.count(True), results.count(False)


def deliver(letter, now=None):
    """Send a letter if nobody else does; return True, False when it failed, or None when there was nothing to do."""
    if not Letter.objects.take(letter, now):
        return None
    try:
        _message(letter).send()
    except Exception as error:
        # Whatever went wrong, what the letter tells is stored. What the error says may name the address.
        fault = type(error).__name__
        logger.error("The letter “%s” about review %d was not sent: %s", letter.kind, letter.review_id, fault)
        Letter.objects.filter(pk=letter.pk).update(taken_at=None, fault=fault)
        return False
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now(), fault="")
    return True


def _deliver_later(letter):
    try:
        deliver(letter)
    finally:
        connection.close()


def _message(letter):
    review = letter.review
    medicine = review.edition.title
    name, subject = _wording_of(letter)
    context = {
        "letter": letter,
        "review": review,
        "decision": letter.decision,
        "flag": letter.flag,
        "medicine": medicine,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "author_url": settings.SITE_URL + review.get_author_url(),
        "confirmation_url": settings.SITE_URL + review.get_confirmation_url(),
        "public_url": settings.SITE_URL + review.get_absolute_url(),
    }
    return EmailMessage(
        subject=" ".join((subject % {"medicine": medicine}).split()),
        body=render_to_string(f"reviews/mail/{name}.txt", context),
        to=[(letter.flag or review).email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _wording_of(letter):
    """Return the name of the letter's template, and its subject."""
    kinds = Letter.Kind
    match letter.kind:
        case kinds.RECEIPT if letter.review.status == letter.review.Status.UNCONFIRMED:
            return "confirm", _("Please confirm your review of %(medicine)s")
        case kinds.RECEIPT:
            return "receipt", _("We have your review of %(medicine)s")
        case kinds.EDITED:
            return "edited", _("We have the new wording of your review of %(medicine)s")
        case kinds.APPEALED:
            return "appealed", _("We have your appeal about your review of %(medicine)s")
        case kinds.FLAG_RECEIVED:
            return "flag_received", _("We have your report about a review of %(medicine)s")
        case kinds.FLAG_CLOSED:
            return "flag_closed", _("What came of your report about a review of %(medicine)s")
    is_approved = letter.decision.verdict == Decision.Verdict.APPROVED
    match letter.decision.cause:
        case Decision.Cause.APPEAL if is_approved:
            return "overturned", _("Your appeal succeeded: your review of %(medicine)s is published")
        case Decision.Cause.APPEAL:
            return "upheld", _("The answer to your appeal about your review of %(medicine)s")
        case Decision.Cause.FLAGS:
            return "taken_down", _("Your review of %(medicine)s was taken down")
    if is_approved:
        return "approved", _("Your review of %(medicine)s is published")
    return "rejected", _("Your review of %(medicine)s was not published")
