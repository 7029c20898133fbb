"""Reviews of a whole page that found nothing to change."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PageReview(models.Model):
    """Somebody read the edition in force from end to end, and it can stay as it is. Readers see this on the page."""

    class NotInForce(Exception):
        """Another edition has come into force, so this one was not what should be reviewed."""

    edition = models.ForeignKey("monographs.Edition", models.PROTECT, related_name="page_reviews")
    name = models.CharField(_("who reviewed it"), max_length=200)
    note = models.TextField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField(_("recorded at"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("review without change")
        verbose_name_plural = _("reviews without change")
        default_permissions = ("view",)
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="page_review_with_name")]

    def __str__(self):
        return _("%(edition)s, reviewed by %(name)s") % {"edition": self.edition, "name": self.name}
