"""Helpful votes: readers say that a review helped them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review


class VoteQuerySet(models.QuerySet):
    def forget_networks(self, before):
        """Delete the votes cast before this time, whose counts stay; return how many."""
        return self.filter(at__lt=before).delete()[0]

    forget_networks.alters_data = True


class Vote(models.Model):
    """That somebody from one network found a review helpful; the review's row keeps the count.

    Erased with its hash when ADDRESS_RETENTION_DAYS are over, and when the review gets another wording.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="votes", verbose_name=_("review"))
    network_hash = models.CharField(_("keyed hash of the network"), max_length=64)
    at = models.DateTimeField(_("voted at"), default=timezone.now)

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["review", "network_hash"], name="vote_once_per_network")]
        indexes = [models.Index(fields=["at"], name="vote_by_age")]

    def __str__(self):
        return str(self.review)
