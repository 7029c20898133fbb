"""The queue: one card for each review that needs a moderator, whatever it gathered."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review

CLAIM_FOR = timedelta(minutes=5)
"""A moderator who looks at a card holds it this long; every act on the page begins anew."""


class CardQuerySet(models.QuerySet):
    def in_order(self):
        """Crisis first, then flagged, then appeals, then by waiting time; likely sales messages last."""
        return self.order_by("place", "since", "pk")

    def refresh(self, review):
        """Bring the card of a review in line with what it needs. Only while its row is locked, or just stored."""
        from reviews.matters import needs_of

        needs = needs_of(review)
        if needs is None:
            self.filter(pk=review.pk).delete()
        else:
            self.update_or_create(pk=review.pk, defaults=needs)

    def claim(self, pk, *, by, take_over=False):
        """Hold a card for `by` and return whether they hold it now; one that another holds only with `take_over`."""
        now = timezone.now()
        free = self.filter(pk=pk)
        if not take_over:
            free = free.filter(Q(claimed_by=None) | Q(claimed_by=by) | Q(claimed_until__lt=now))
        return bool(free.update(claimed_by=by, claimed_until=now + CLAIM_FOR))

    def release(self, pk, *, by):
        """Let go of a card that `by` holds."""
        self.filter(pk=pk, claimed_by=by).update(claimed_by=None, claimed_until=None)

    def free_for(self, user):
        """The cards that nobody else holds now."""
        return self.filter(Q(claimed_by=None) | Q(claimed_by=user) | Q(claimed_until__lt=timezone.now()))

    refresh.alters_data = claim.alters_data = release.alters_data = True


class Card(models.Model):
    """What one review asks of moderators. Derived from its state, flags and appeal in every transaction on them."""

    class Matter(models.TextChoices):
        """What the next decision on the review is about."""

        WORDING = "wording", _("a wording that waits")
        FLAGS = "flags", _("flags by readers")
        APPEAL = "appeal", _("an appeal")

    class Place(models.IntegerChoices):
        """The order of the queue."""

        CRISIS = 1, _("May speak of danger to life")
        FLAGGED = 2, _("Reported by readers")
        APPEAL = 3, _("Appeals")
        WAITING = 4, _("Waiting")
        SPAM = 5, _("Likely sales messages")

    review = models.OneToOneField(Review, models.CASCADE, primary_key=True, related_name="card")
    matter = models.CharField(_("matter"), max_length=10, choices=Matter)
    place = models.PositiveSmallIntegerField(_("place"), choices=Place)
    since = models.DateTimeField(_("since"))
    flag_count = models.PositiveIntegerField(_("open flags"), default=0)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("claimed by")
    )
    claimed_until = models.DateTimeField(_("claimed until"), null=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["place", "since", "pk"]
        verbose_name = _("card")
        verbose_name_plural = _("queue")
        default_permissions = ()
        indexes = [models.Index(fields=["place", "since", "review"], name="card_in_order")]

    def __str__(self):
        return f"{self.review}: {self.get_matter_display()}"

    def ahead(self, most=None):
        """Return how many cards come before this one; count no further than `most`."""
        earlier = Q(since__lt=self.since) | Q(since=self.since, pk__lt=self.pk)
        before = Card.objects.filter(Q(place__lt=self.place) | Q(earlier, place=self.place))
        return before.order_by().values("pk")[:most].count()

    def holder(self, now=None):
        """Return the user who holds the card now, or None."""
        return self.claimed_by if self.claimed_until and self.claimed_until >= (now or timezone.now()) else None
