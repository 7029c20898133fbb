"""The queue: one card for each review that needs a moderator, whatever it gathered."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.addresses import email_hashes
from reviews.models.appeal import Appeal
from reviews.models.review import Review

CLAIM_FOR = timedelta(minutes=5)
"""A moderator who looks at a card holds it this long; every act on the page begins anew."""

NOBODY = {"claimed_by": None, "claimed_since": None, "claimed_until": None}


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
        """Hold a card for `by`, and let go of what else they hold; return whether they hold it now.

        One that another holds is taken from them only with `take_over`.
        """
        now = timezone.now()
        free = self.filter(pk=pk)
        if not take_over:
            free = free.free_for(by)
        is_held_already = When(claimed_by=by, claimed_until__gte=now, then=F("claimed_since"))
        since = Case(is_held_already, default=Value(now))
        self.filter(claimed_by=by).exclude(pk=pk).update(**NOBODY)
        return bool(free.update(claimed_by=by, claimed_since=since, claimed_until=now + CLAIM_FOR))

    def release(self, pk, *, by):
        """Let go of a card that `by` holds."""
        self.filter(pk=pk, claimed_by=by).update(**NOBODY)

    def free_for(self, user):
        """The cards that nobody else holds now."""
        return self.filter(Q(claimed_by=None) | Q(claimed_by=user) | Q(claimed_until__lt=timezone.now()))

    def decidable_by(self, user):
        """Without reviews that the user wrote, and without appeals against what the user refused."""
        own_refusals = Appeal.objects.open().filter(review=OuterRef("pk"), against__by=user)
        others = self.exclude(Exists(own_refusals), matter=Card.Matter.APPEAL)
        return others.exclude(review__email_hash__in=email_hashes(user.email))

    def after(self, card, most):
        """Return up to `most` cards that follow one, in order."""
        later = Q(since__gt=card.since) | Q(pk__gt=card.pk)
        # A range of one index each, so that the place in a long queue costs nothing.
        near = self.filter(later, place=card.place, since__gte=card.since).in_order()[:most]
        return self._filled_up(near, self.filter(place__gt=card.place).in_order(), most)

    def before(self, card, most):
        """Return up to `most` cards that precede one, in order."""
        earlier = Q(since__lt=card.since) | Q(pk__lt=card.pk)
        near = self.filter(earlier, place=card.place, since__lte=card.since).in_order().reverse()[:most]
        return self._filled_up(near, self.filter(place__lt=card.place).in_order().reverse(), most)[::-1]

    def _filled_up(self, near, far, most):
        cards = list(near)
        return cards + list(far[: most - len(cards)]) if len(cards) < most else cards

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
    claimed_since = models.DateTimeField(_("claimed since"), null=True)
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


class Desk(Card):
    """The queue under the name by which Django's admin lists it."""

    class Meta:
        proxy = True
        verbose_name = _("desk")
        verbose_name_plural = _("desk")
        default_permissions = ()
