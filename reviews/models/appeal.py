"""Appeals: what an author says against a refusal."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.decision import Decision
from reviews.models.review import Review


class AppealQuerySet(models.QuerySet):
    def open(self):
        """Appeals that nobody has answered, and whose review was not edited or withdrawn since."""
        return self.filter(answer=None, dropped_at=None)


class Appeal(models.Model):
    """An author's objection to one refusal, once; another moderator than the first answers it."""

    class NotPossible(Exception):
        """There is no refusal that may be appealed against now; the message says why."""

    class SamePerson(Review.WrongState):
        """Whoever refused a review cannot answer the appeal against that."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="appeals", verbose_name=_("review"))
    against = models.OneToOneField(Decision, models.PROTECT, related_name="appeal", verbose_name=_("against"))
    text = models.TextField(_("text"), max_length=2000)
    at = models.DateTimeField(_("appealed at"), default=timezone.now)
    answer = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="answered_appeal", verbose_name=_("answer")
    )
    dropped_at = models.DateTimeField(
        _("dropped at"), null=True, blank=True, help_text=_("When the author edited or withdrew the review instead.")
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["review"], condition=Q(answer=None, dropped_at=None), name="appeal_one_open_per_review"
            ),
            models.CheckConstraint(
                condition=Q(answer=None) | Q(dropped_at=None), name="appeal_answered_or_dropped_not_both"
            ),
        ]

    def __str__(self):
        return self.text[:80]

    @property
    def is_open(self):
        """Whether it waits for an answer."""
        return self.answer_id is None and self.dropped_at is None
