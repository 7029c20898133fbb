"""Withdrawals: an edition that is taken back stays in the history, with the reason."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from monographs.models.edition import Edition
from monographs.people import name_of


class Withdrawal(models.Model):
    """That an edition was withdrawn. Before its time has come this cancels it, and readers never learn of it."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("withdrawn at"), default=timezone.now)
    reason = models.TextField(_("reason"), max_length=1000)

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        default_permissions = ("view",)

    def __str__(self):
        return str(self.edition)

    @property
    def is_cancellation(self):
        """Whether the edition was taken back before its time came."""
        return self.at < self.edition.public_from

    @property
    def sentence(self):
        """Who took the edition back and when, for somebody who comes second."""
        words = (
            _("%(edition)s was cancelled by %(by)s on %(when)s.")
            if self.is_cancellation
            else _("%(edition)s was withdrawn by %(by)s on %(when)s.")
        )
        return words % {
            "edition": self.edition,
            "by": name_of(self.by) if self.by else _("a command"),
            "when": date_format(timezone.localtime(self.at), "DATETIME_FORMAT"),
        }
