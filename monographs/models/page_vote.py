"""Whether readers found a page helpful."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PageVoteQuerySet(models.QuerySet):
    def forget_networks(self, before):
        """Empty the hashes of the networks that voted before this time; return how many."""
        return self.filter(at__lt=before).exclude(network_hash="").update(network_hash="")

    forget_networks.alters_data = True


class PageVote(models.Model):
    """One reader's answer about one edition. Editors see the counts, nobody sees who.

    A network has one vote for each edition, which may be changed until its hash is erased.
    """

    class Reason(models.TextChoices):
        MISSING = "missing", _("I did not find what I was looking for")
        UNCLEAR = "unclear", _("It is hard to understand")
        WRONG = "wrong", _("Something in it is wrong or out of date")
        OTHER = "other", _("Something else")

    edition = models.ForeignKey("monographs.Edition", models.PROTECT, related_name="page_votes")
    is_helpful = models.BooleanField(_("helpful"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason, blank=True)
    network_hash = models.CharField(_("keyed hash of the network"), max_length=64, blank=True)
    at = models.DateTimeField(_("voted at"), default=timezone.now)

    objects = PageVoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer about a page")
        verbose_name_plural = _("answers about pages")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "network_hash"], condition=~Q(network_hash=""), name="page_vote_once_per_network"
            ),
            models.CheckConstraint(condition=Q(is_helpful=False) | Q(reason=""), name="page_vote_reason_only_for_no"),
        ]
        indexes = [models.Index(fields=["at"], name="page_vote_by_age")]

    def __str__(self):
        return str(self.edition)
