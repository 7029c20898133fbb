"""Flags: what readers report about approved reviews."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.decision import Decision
from reviews.models.encrypted_email import EncryptedEmailField
from reviews.models.review import Review


class FlagQuerySet(models.QuerySet):
    def open(self):
        """Flags that wait for a moderator."""
        return self.filter(status=Flag.Status.OPEN)

    def close(self, status, decision=None):
        """Close open flags; `decision` is what closed them, or None when the author did by changing the review."""
        return self.open().update(status=status, decision=decision, closed_at=timezone.now())

    def reopen(self, decision):
        """Open the flags again that a decision, now retracted, had closed."""
        return self.filter(decision=decision).update(status=Flag.Status.OPEN, decision=None, closed_at=None)

    def forget_networks(self, before):
        """Empty the hashes of the networks that reports came from before this time; return how many."""
        return self.filter(at__lt=before).exclude(network_hash="").update(network_hash="")

    def forget_addresses(self, before):
        """Empty the addresses of readers whose reports were closed before this time; return how many."""
        return self.filter(closed_at__lt=before).exclude(email="").update(email="")

    close.alters_data = reopen.alters_data = forget_networks.alters_data = forget_addresses.alters_data = True


class Flag(models.Model):
    """A reader's report about one wording of an approved review. A report, never a decision."""

    class Reason(models.TextChoices):
        DANGER = "danger", _("Somebody may be in danger")
        PERSONAL_DETAILS = "personal_details", _("It contains personal details")
        ABOUT_A_PERSON = "about_a_person", _("It names a person or a clinic")
        ADVERTISING = "advertising", _("It advertises or sells")
        DOSE_INSTRUCTIONS = "dose_instructions", _("It tells others what to take")
        HARMFUL_ADVICE = "harmful_advice", _("Following it may harm")
        ABUSIVE = "abusive", _("It is abusive")
        NOT_GENUINE = "not_genuine", _("It is not genuine or is copied")
        OTHER = "other", _("Something else")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("dismissed")
        SETTLED = "settled", _("settled by a change")

    review = models.ForeignKey(Review, models.CASCADE, related_name="flags", verbose_name=_("review"))
    wording = models.PositiveIntegerField(_("wording"))
    reason = models.CharField(_("reason"), max_length=30, choices=Reason)
    note = models.TextField(_("note"), max_length=1000, blank=True)
    email = EncryptedEmailField(_("e-mail address"), blank=True)
    network_hash = models.CharField(_("keyed hash of the network"), max_length=64, blank=True)
    at = models.DateTimeField(_("reported at"), default=timezone.now)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="flags", verbose_name=_("decision")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["review", "network_hash"],
                condition=Q(status="open") & ~Q(network_hash=""),
                name="flag_one_open_per_network",
                violation_error_message=_("You have reported this review already."),
            ),
            models.CheckConstraint(
                condition=Q(status="open", closed_at=None, decision=None)
                | Q(status__in=["upheld", "dismissed"], closed_at__isnull=False, decision__isnull=False)
                | Q(status="settled", closed_at__isnull=False),
                name="flag_closed_by_what_and_when",
            ),
        ]
        indexes = [
            models.Index(fields=["review", "status"], name="flag_of_review"),
            models.Index(fields=["network_hash", "at"], name="flag_per_hour"),
        ]

    def __str__(self):
        return str(self.get_reason_display())
