"""Letters to editors, publishers and clinicians. A mail server that fails loses nothing: the admin says the same."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from monographs.house_rules import needs_second_person
from monographs.people import people_who_may

logger = logging.getLogger(__name__)


def send_request(request):
    """Tell everybody who may publish the text that somebody asks for it."""
    monograph = request.monograph
    publishers = people_who_may("publish_monograph").exclude(pk=request.asked_by_id)
    addresses = [publisher.email for publisher in publishers if not needs_second_person(monograph, publisher)]
    _send(addresses, _("Please publish %(title)s"), "request", monograph, page="publish", request=request)


def send_return(request):
    """Tell who asked for publication that the text comes back, and why."""
    addresses = [request.asked_by.email]
    _send(addresses, _("%(title)s comes back to you"), "return", request.monograph, page="change", request=request)


def send_link(sign_off, address):
    """Send a clinician the link to the text. Return whether the letter went out."""
    subject = _("Please review the text on %(title)s")
    return _send([address], subject, "sign_off_link", sign_off.monograph, sign_off=sign_off)


def send_answer(sign_off):
    """Tell the publisher who sent the link that the clinician has answered."""
    is_signed = sign_off.status == sign_off.Status.SIGNED
    subject = _("%(title)s is signed") if is_signed else _("%(title)s comes back with comments")
    addresses = [sign_off.sent_by.email]
    _send(addresses, subject, "sign_off_answer", sign_off.monograph, page="sign_off", sign_off=sign_off)


def send_correction_answer(correction):
    """Tell a reader who left an address what the editors answered."""
    subject = _("Your report on %(title)s")
    _send([correction.email], subject, "correction_answer", correction.edition.monograph, correction=correction)


def send_digest(user, waiting):
    """Send one person the list of what waits for publication or review. Return whether the letter went out."""
    return _send([user.email], _("What waits at %(site)s"), "digest", waiting=waiting)


def _send(addresses, subject, name, monograph=None, *, page="change", **context):
    """Send one letter to each address that is not empty. Return whether all went out."""
    if monograph:
        address = reverse(f"admin:monographs_monograph_{page}", args=[monograph.pk])
        context |= {"monograph": monograph, "admin_url": settings.SITE_URL + address}
    context |= {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
    names = {"title": monograph and monograph.title, "site": settings.SITE_NAME}
    letters = [
        EmailMessage(
            subject=" ".join((subject % names).split()),
            body=render_to_string(f"monographs/mail/{name}.txt", context),
            to=[address],
            headers={"Auto-Submitted": "auto-generated"},
        )
        for address in filter(None, addresses)
    ]
    try:
        get_connection().send_messages(letters)
    except Exception as error:
        # Whatever went wrong, the act itself is stored. What the error says may name an address.
        logger.error("The letter “%s” was not sent: %s", name, type(error).__name__)
        return False
    return True
