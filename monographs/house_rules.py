"""The rules that a site may set for publishing: a second person publishes, and a clinician signs first."""

from django.conf import settings
from django.utils.translation import gettext as _

from monographs.models import PublicationRequest, SignOff


def needs_second_person(monograph, user):
    """Whether this user changed the text last and so may not publish it. A command, user None, is nobody's own."""
    return bool(settings.SECOND_PERSON_PUBLISHES and user and monograph.changed_by_id == user.pk)


def refusals(monograph, digest, *, by, answers=None):
    """Return why `by` may not publish the text with this digest, as sentences.

    `answers` is the PublicationRequest that `by` looked at; one that somebody else has answered meanwhile is a reason.
    """
    reasons = []
    if answers and not (current := PublicationRequest.objects.get(pk=answers.pk)).is_open:
        reasons.append(current.sentence)
    if needs_second_person(monograph, by):
        reasons.append(
            _("You changed this text last, so somebody else has to publish it. Use “Ask for publication…” to ask.")
        )
    if settings.REQUIRE_SIGN_OFF and not SignOff.objects.signed().filter(monograph=monograph, digest=digest).exists():
        reasons.append(
            _("No clinician has signed exactly this text. Use “Sign-off…” to send it to one; publish it once signed.")
        )
    return reasons
