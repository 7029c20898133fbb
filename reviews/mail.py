"""Sends letters to authors, to readers who reported a review, and to moderators.

A mail server that fails loses nothing: the letter stays stored, `send_digests` tries again, and the author's page says
the same.
"""

import logging
from threading import Timer

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.template.loader import render_to_string
from django.utils import timezone

from reviews.letters import content_of
from reviews.models import Letter

logger = logging.getLogger(__name__)


def deliver_when_due(letter):
    """Send a letter now, or as soon as the decision that it tells of is final."""
    wait = (letter.due_at - timezone.now()).total_seconds()
    if wait <= 0:
        deliver(letter)
        return
    # When the process ends before, the letter stays due, and `send_digests` sends it.
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
        # As it is now: between writing and sending, an address may have been erased.
        letter = Letter.objects.select_related("review__edition", "decision", "flag").get(pk=letter.pk)
        if address := letter.address:
            send(content_of(letter), address)
    except Exception as error:
        # Whatever went wrong, what the letter tells is stored. What the error says may name the address.
        fault = type(error).__name__
        logger.error("The letter “%s” about review %d was not sent: %s", letter.kind, letter.review_id, fault)
        Letter.objects.filter(pk=letter.pk).update(taken_at=None, fault=fault)
        return False
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now(), fault="")
    return True


def send(content, address):
    """Send one Content to one address, as plain text and as HTML. Raises what the mail server's connection raises."""
    context = {
        "subject": " ".join(content.subject.split()),
        "parts": content.parts,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    message = EmailMultiAlternatives(
        subject=context["subject"],
        body=render_to_string("reviews/mail/letter.txt", context),
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("reviews/mail/letter.html", context), "text/html")
    message.send()


def _deliver_later(letter):
    try:
        deliver(letter)
    except Exception as error:
        logger.error("The letter “%s” about review %d waits: %s", letter.kind, letter.review_id, type(error).__name__)
    finally:
        # This thread ends here, and with it goes its connection.
        connection.close()
