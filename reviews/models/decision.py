"""Decisions: what a moderator judged, when and why. Written once, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
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

    def standing(self):
        """Decisions that were not taken back."""
        return self.filter(retracted_at=None)

    def mark_retracted(self, decision, at):
        """Note that a decision was taken back in time: with `forget_words`, the only sanctioned change to one."""
        return models.QuerySet.update(self.filter(pk=decision.pk, retracted_at=None), retracted_at=at)

    def forget_words(self, review):
        """Empty what was said about a review that its author erases, and could quote it."""
        return models.QuerySet.update(self.filter(review=review), message="", marks=[])

    def update(self, **kwargs):
        raise Decision.Immutable

    def bulk_update(self, *args, **kwargs):
        raise Decision.Immutable

    def delete(self):
        raise Decision.Immutable

    update.alters_data = bulk_update.alters_data = delete.alters_data = True


class Decision(models.Model):
    """A moderator's judgement of one wording of a review."""

    class Cause(models.TextChoices):
        """What was decided about: the same words as Card.Matter."""

        WORDING = "wording", _("a wording that waited")
        FLAGS = "flags", _("flags by readers")
        APPEAL = "appeal", _("an appeal")

    class Verdict(models.TextChoices):
        """What holds afterwards, whatever the cause: the wording is public, or it is not."""

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
        SECOND_REVIEW = "second_review", _("A second review")

        @property
        def rule(self):
            """The rule that the review broke, as a sentence."""
            return RULES[self.value].sentence

        @property
        def can_be_mended(self):
            """Whether the author may put it right and send the review again."""
            return RULES[self.value].can_be_mended

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
    cause = models.CharField(_("cause"), max_length=10, choices=Cause, default=Cause.WORDING)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    reason = models.CharField(_("reason"), max_length=30, choices=Reason, blank=True)
    message = models.TextField(_("message to the author"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("decided at"), default=timezone.now)
    marks = models.JSONField(_("passages"), default=list, blank=True, help_text="[{where, start, end}]")
    was_blind = models.BooleanField(_("decided without seeing the stars"), default=False)
    stars = models.PositiveSmallIntegerField(_("stars of the wording"), default=0)
    found = models.JSONField(
        _("rules that had fired"), default=list, blank=True, help_text=_("Names of the screening’s rules.")
    )
    since = models.DateTimeField(_("waited since"), default=timezone.now)
    revision = models.PositiveIntegerField(
        _("revision"), default=0, help_text=_("The review’s revision after the decision.")
    )
    replaced = models.PositiveIntegerField(
        _("replaced wording"), null=True, help_text=_("The public wording beside which the one decided on waited.")
    )
    final_at = models.DateTimeField(
        _("final at"), default=timezone.now, help_text=_("Until then it can be taken back.")
    )
    retracted_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["review", "wording"],
                condition=Q(cause="wording", retracted_at=None),
                name="decision_once_per_wording",
            ),
            models.CheckConstraint(
                condition=Q(retracted_at=None) | Q(retracted_at__lte=F("final_at")), name="decision_retracted_in_time"
            ),
            models.CheckConstraint(
                condition=Q(verdict="approved", reason="") | (Q(verdict="rejected") & ~Q(reason="")),
                name="decision_reason_when_rejected",
            ),
        ]
        indexes = [
            models.Index(fields=["-at", "-id"], name="decision_newest"),
            models.Index(fields=["verdict", "-at", "-id"], name="decision_by_verdict"),
            models.Index(fields=["reason", "-at", "-id"], name="decision_by_reason"),
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

    def retract(self, *, by):
        """Take the decision back within the time it allows, as if it had not been made.

        Raises Review.WrongState when somebody else made it, the time is over, or something happened since.
        """
        from reviews.retracting import retract

        retract(self, by=by)

    @property
    def can_be_mended(self):
        """Whether it refused a wording that the author may put right."""
        return bool(self.reason) and self.Reason(self.reason).can_be_mended

    @property
    def moderator(self):
        """The name of who decided, for other moderators; the public and the author never see it."""
        return self.by.get_full_name() or self.by.get_username()

    @property
    def rule(self):
        """The rule that the review broke, as a sentence; empty for an approval."""
        return self.Reason(self.reason).rule if self.reason else ""
