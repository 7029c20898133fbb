"""Decisions: what a moderator judged, when and why. Written once, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from reviews.rules import RULES


class DecisionQuerySet(models.QuerySet):
    """Queries of decisions. Changing or deleting many at once is refused like changing one."""

    def rejections(self):
        """Decisions that refused a review."""
        return self.filter(verdict=Decision.Verdict.REJECTED)

    def update(self, **kwargs):
        raise Decision.Immutable

    def bulk_update(self, *args, **kwargs):
        raise Decision.Immutable

    def delete(self):
        raise Decision.Immutable

    update.alters_data = bulk_update.alters_data = delete.alters_data = True


class Decision(models.Model):
    """A moderator's judgement of one wording of a review."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")

    class Reason(models.TextChoices):
        """Why a review is refused. The value is the code; `rule` and `message` come with it."""

        PERSONAL_DETAILS = "personal_details", _("Personal details")
        ABOUT_A_PERSON = "about_a_person", _("About a person or a clinic")
        ADVERTISING = "advertising", _("Advertising or selling")
        DOSE_INSTRUCTIONS = "dose_instructions", _("Dose instructions to others")
        HARMFUL_ADVICE = "harmful_advice", _("Advice that may harm")
        NOT_ABOUT_MEDICINE = "not_about_medicine", _("Not about this medicine")
        ABUSIVE = "abusive", _("Abusive")
        COPIED = "copied", _("Copied from elsewhere")
        UNINTELLIGIBLE = "unintelligible", _("Cannot be understood")
        EMERGENCY = "emergency", _("A call for help")

        @property
        def rule(self):
            """The rule that the review broke, as a sentence."""
            return RULES[self.value].sentence

        @property
        def message(self):
            """What the author is told when the moderator writes nothing of their own."""
            return RULES[self.value].message

    class Immutable(TypeError):
        """Somebody tried to change or delete a decision."""

        def __init__(self):
            super().__init__("Decisions are never changed or deleted. They are the record of what was judged.")

    review = models.ForeignKey("reviews.Review", models.PROTECT, related_name="decisions", verbose_name=_("review"))
    wording = models.PositiveIntegerField(_("wording"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    reason = models.CharField(_("reason"), max_length=30, choices=Reason, blank=True)
    message = models.TextField(_("message to the author"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["review", "wording"], name="decision_once_per_wording"),
            models.CheckConstraint(
                condition=Q(verdict="approved", reason="") | (Q(verdict="rejected") & ~Q(reason="")),
                name="decision_reason_when_rejected",
            ),
        ]

    def __str__(self):
        return _gettext("“%(title)s” was %(verdict)s by %(moderator)s on %(when)s") % {
            "title": self.review.title,
            "verdict": self.get_verdict_display(),
            "moderator": self.moderator,
            "when": date_format(timezone.localtime(self.at), "DATETIME_FORMAT"),
        }

    def save(self, *args, **kwargs):
        """Store a new decision. Raises Immutable for one that is stored already."""
        if not self._state.adding:
            raise Decision.Immutable
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Decision.Immutable

    @property
    def moderator(self):
        """The name of who decided, for other moderators; the public and the author never see it."""
        return self.by.get_full_name() or self.by.get_username()

    @property
    def rule(self):
        """The rule that the review broke, as a sentence; empty for an approval."""
        return self.Reason(self.reason).rule if self.reason else ""
