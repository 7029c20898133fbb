"""Who did what to a monograph."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.people import name_of


class LogEntry(models.Model):
    """One line of a monograph's log: written in the transaction of what it tells, and never changed."""

    class Event(models.TextChoices):
        SAVED = "saved", _("saved the working copy")
        IMPORTED = "imported", _("imported the working copy")
        REQUESTED = "requested", _("asked for publication")
        RETURNED = "returned", _("returned the request")
        SENT = "sent", _("sent it for sign-off")
        SIGNED = "signed", _("signed it")
        OBJECTED = "objected", _("returned it unsigned")
        REVOKED = "revoked", _("revoked the sign-off")
        PUBLISHED = "published", _("published it")
        SCHEDULED = "scheduled", _("scheduled it")
        CANCELLED = "cancelled", _("cancelled the schedule")
        WITHDRAWN = "withdrawn", _("withdrew it")
        RESTORED = "restored", _("restored an earlier text to the working copy")
        REVIEWED = "reviewed", _("reviewed the whole page without a change")
        REPORTED = "reported", _("reported an error")
        ACCEPTED = "accepted", _("accepted a reader’s correction")
        DECLINED = "declined", _("declined a reader’s correction")
        INTERVAL = "interval", _("changed how often the page is reviewed")

    monograph = models.ForeignKey("monographs.Monograph", models.CASCADE, related_name="log")
    event = models.CharField(_("event"), max_length=20, choices=Event)
    at = models.DateTimeField(_("recorded at"), default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    name = models.CharField(_("name of somebody without an account"), max_length=200, blank=True)
    edition = models.ForeignKey("monographs.Edition", models.PROTECT, null=True, related_name="+")
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("log entry")
        verbose_name_plural = _("log")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["monograph", "-at"], name="log_of_monograph")]

    def __str__(self):
        return f"{self.actor}: {self.get_event_display()}"

    @property
    def actor(self):
        """Who did it: a user, somebody without an account, or a command."""
        if self.by:
            return name_of(self.by)
        return self.name or _("a command")
