"""Requests for publication: an editor asks, a publisher publishes or returns the text with a message."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from monographs.people import name_of


class RequestQuerySet(models.QuerySet):
    def open(self):
        """Requests that nobody has answered, oldest first."""
        return self.filter(status=self.model.Status.OPEN).order_by("asked_at", "pk")

    def close(self, *, by, edition):
        """Answer what is open with the edition that was asked for. Only inside the transaction that publishes it."""
        return self.open().update(
            status=self.model.Status.PUBLISHED, answered_by=by, answered_at=edition.published_at, edition=edition
        )


class PublicationRequest(models.Model):
    """Somebody asked that a working copy be published, and what became of it. One is open per monograph."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        PUBLISHED = "published", _("published")
        RETURNED = "returned", _("returned")

    class AlreadyOpen(Exception):
        """Somebody has asked before; `request` says who and when."""

        def __init__(self, request):
            self.request = request
            super().__init__(request.sentence)

    class AlreadyAnswered(AlreadyOpen):
        """Somebody else published the text or returned it first; `request` says who and when."""

    monograph = models.ForeignKey("monographs.Monograph", models.CASCADE, related_name="requests")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    note = models.TextField(_("what should be published"), max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    message = models.TextField(_("why it is returned"), max_length=1000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)
    edition = models.ForeignKey("monographs.Edition", models.PROTECT, null=True, related_name="+")

    objects = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request for publication")
        verbose_name_plural = _("requests for publication")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["monograph"], condition=Q(status="open"), name="request_open_once_per_monograph"
            ),
            models.CheckConstraint(
                condition=Q(status="open", answered_at=None) | (~Q(status="open") & Q(answered_at__isnull=False)),
                name="request_answered_with_time",
            ),
            models.CheckConstraint(
                condition=Q(status="published", edition__isnull=False) | (~Q(status="published") & Q(edition=None)),
                name="request_published_with_edition",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | (~Q(message="") & Q(answered_by__isnull=False)),
                name="request_returned_with_message",
            ),
        ]

    def __str__(self):
        return self.sentence

    def send_back(self, *, by, message):
        """Return the text to who asked, with what to mend.

        Raises AlreadyAnswered, and ValueError without a message.
        """
        from monographs.requesting import send_back

        return send_back(self, by=by, message=message)

    @property
    def is_open(self):
        return self.status == self.Status.OPEN

    @property
    def asker(self):
        return name_of(self.asked_by)

    @property
    def answerer(self):
        """The name of who published or returned the text."""
        return name_of(self.answered_by) if self.answered_by else _("A command")

    @property
    def sentence(self):
        """Who asked or answered and when, for somebody who comes second."""
        words = {
            self.Status.OPEN: _("%(asker)s asked for publication on %(asked)s."),
            self.Status.RETURNED: _("%(answerer)s returned the request on %(answered)s."),
            self.Status.PUBLISHED: _("%(answerer)s made it edition %(number)s on %(answered)s."),
        }
        return words[self.status] % {
            "asker": self.asker,
            "asked": _moment(self.asked_at),
            "answerer": self.answerer,
            "answered": self.answered_at and _moment(self.answered_at),
            "number": self.edition and self.edition.number,
        }


def _moment(time):
    return date_format(timezone.localtime(time), "DATETIME_FORMAT")
