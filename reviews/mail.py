"""Letters to the author of a review. A mail server that fails loses nothing: the author's page says the same."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def send_receipt(review):
    """Send the author the link to their page; one who must confirm is told so."""
    if review.status == review.Status.UNCONFIRMED:
        _send(review, _("Please confirm your review of %(medicine)s"), "confirm")
    else:
        _send(review, _("We have your review of %(medicine)s"), "receipt")


def send_decision(decision):
    """Tell the author what was decided, with the reason and its rule."""
    if decision.verdict == decision.Verdict.APPROVED:
        _send(decision.review, _("Your review of %(medicine)s is published"), "approved", decision=decision)
    else:
        _send(decision.review, _("Your review of %(medicine)s was not published"), "rejected", decision=decision)


def _send(review, subject, name, **context):
    if not review.email:
        return
    title = review.edition.title
    context |= {
        "review": review,
        "medicine": title,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "author_url": settings.SITE_URL + review.get_author_url(),
        "confirmation_url": settings.SITE_URL + review.get_confirmation_url(),
        "public_url": settings.SITE_URL + review.get_absolute_url(),
    }
    message = EmailMessage(
        subject=" ".join((subject % {"medicine": title}).split()),
        body=render_to_string(f"reviews/mail/{name}.txt", context),
        to=[review.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except Exception as error:
        # Whatever went wrong, the review or decision is stored. What the error says may name the address.
        logger.error("The letter “%s” about review %d was not sent: %s", name, review.pk, type(error).__name__)
