"""Official replies: what named staff answer, in public, to a review."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review


class ReplyQuerySet(models.QuerySet):
    def standing(self):
        """Replies that were not withdrawn. Readers see them while the review itself is public."""
        return self.filter(withdrawn_at=None)


class Reply(models.Model):
    """A reply to one wording of a review, under a name and a role. Never changed; it can be withdrawn."""

    class Withdrawn(Review.WrongState):
        """Somebody has withdrawn the reply already."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="replies", verbose_name=_("review"))
    wording = models.PositiveIntegerField(_("wording"))
    text = models.TextField(_("text"), max_length=2000)
    name = models.CharField(_("name shown"), max_length=100)
    role = models.CharField(_("role shown"), max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("written at"), default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("official reply")
        verbose_name_plural = _("official replies")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["-at", "-id"], name="reply_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="reply_withdrawn_by_whom_and_when",
            )
        ]

    def __str__(self):
        return self.text[:80]

    def withdraw(self, *, by):
        """Take the reply off the public pages; the log keeps it. Raises Withdrawn when somebody has done so."""
        from reviews.replying import withdraw

        withdraw(self, by=by)
