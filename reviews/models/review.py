"""Reviews: what readers wrote about a medicine that they, or somebody near them, took."""

import re

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reviews.models.queries import ReviewQuerySet
from reviews.tokens import AUTHOR, CONFIRMATION, make_token


class Review(models.Model):
    """One reader's rating and text. Only verbs change its status, and nothing changes its words or stars."""

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("unconfirmed")
        PENDING = "pending", _("pending")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Rating(models.IntegerChoices):
        ONE = 1, _("Very poor")
        TWO = 2, _("Poor")
        THREE = 3, _("Mixed")
        FOUR = 4, _("Good")
        FIVE = 5, _("Very good")

        @property
        def stars(self):
            """The number in words: "5 stars"."""
            return ngettext("%d star", "%d stars", self) % self

    class Perspective(models.TextChoices):
        OWN = "own", _("Own experience")
        CARER = "carer", _("Carer or relative")
        PROFESSIONAL = "professional", _("Health professional")

    class Duration(models.TextChoices):
        ONCE = "once", _("Once")
        WEEKS = "weeks", _("Less than a month")
        MONTHS = "months", _("1 to 6 months")
        HALF_YEAR = "half_year", _("6 to 12 months")
        YEARS = "years", _("1 to 5 years")
        LONGER = "longer", _("More than 5 years")

    class WrongState(Exception):
        """The review is not in a state from which this can be done."""

    class AlreadyDecided(WrongState):
        """Somebody has decided this wording; `decision` is what they decided, and the message names them."""

        def __init__(self, decision):
            self.decision = decision
            super().__init__(_gettext("%(decision)s. That decision stands.") % {"decision": decision})

    QUEUE = (Case(When(status="pending", then=Value(0)), default=Value(1)), "submitted_at", "pk")
    PUBLIC = (
        "monograph",
        "rating",
        "title",
        "body",
        "author_name",
        "perspective",
        "reason_for_use",
        "form_taken",
        "duration",
        "experienced_on",
        "submitted_at",
        "status",
    )

    monograph = models.ForeignKey(
        "monographs.Monograph", models.PROTECT, related_name="reviews", verbose_name=_("monograph")
    )
    edition = models.ForeignKey(
        "monographs.Edition",
        models.PROTECT,
        related_name="reviews",
        verbose_name=_("edition"),
        help_text=_("The edition in force when the review was written."),
    )
    rating = models.PositiveSmallIntegerField(_("stars"), choices=Rating)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("review"), max_length=5000)
    author_name = models.CharField(_("display name"), max_length=60)
    email = models.EmailField(_("e-mail address"), blank=True)
    perspective = models.CharField(_("written from"), max_length=20, choices=Perspective)
    reason_for_use = models.CharField(_("reason for use"), max_length=100, blank=True)
    form_taken = models.CharField(_("form taken"), max_length=100, blank=True)
    duration = models.CharField(_("taken for"), max_length=20, choices=Duration, blank=True)
    experienced_on = models.DateField(_("when"), null=True, blank=True, help_text=_("The first day of the month."))
    consented_at = models.DateTimeField(_("consented at"), default=timezone.now)

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PENDING)
    wording = models.PositiveIntegerField(_("wording"), default=1)
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    network_hash = models.CharField(_("keyed hash of the network"), max_length=64, blank=True)
    form_key = models.UUIDField(
        _("key of the form"), null=True, unique=True, editable=False, help_text=_("One opened form gives one review.")
    )
    findings = models.JSONField(_("findings"), default=list, blank=True, help_text="[{kind, words, where, start, end}]")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        default_permissions = ("view",)
        permissions = [("moderate_review", _("Can moderate reviews"))]
        constraints = [
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="review_rating_one_to_five"),
            models.CheckConstraint(condition=Q(wording__gte=1), name="review_wording_from_one"),
            models.CheckConstraint(
                condition=Q(status__in=["unconfirmed", "pending", "approved", "rejected", "withdrawn"]),
                name="review_status_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["approved", "rejected"], decided_at__isnull=False, decided_by__isnull=False)
                | (~Q(status__in=["approved", "rejected"]) & Q(decided_at__isnull=True, decided_by__isnull=True)),
                name="review_decided_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(status="withdrawn", withdrawn_at__isnull=False)
                | (~Q(status="withdrawn") & Q(withdrawn_at__isnull=True)),
                name="review_withdrawn_when",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "submitted_at", "id"], name="review_queue"),
            models.Index(fields=["monograph", "status", "-submitted_at", "-id"], name="review_newest"),
            models.Index(fields=["monograph", "status", "rating", "-submitted_at", "-id"], name="review_by_stars"),
            models.Index(
                fields=["monograph", "status", "perspective", "-submitted_at", "-id"], name="review_by_perspective"
            ),
            models.Index(fields=["network_hash", "submitted_at"], name="review_per_hour"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("review", args=[self.pk])

    def get_author_url(self):
        """Return the address of the author's own page."""
        return reverse("my_review", args=[self.token])

    def get_confirmation_url(self):
        """Return the address that the letter asking for confirmation leads to."""
        return reverse("my_review_confirm", args=[self.confirmation_token])

    def approve(self, *, by):
        """Make this wording public and return the Decision. Raises AlreadyDecided or WrongState."""
        from reviews.deciding import approve

        return approve(self, by=by)

    def reject(self, *, by, reason, message=""):
        """Refuse this wording for a Decision.Reason and return the Decision; an empty message becomes the reason's.

        Raises ValueError for an unknown reason, AlreadyDecided or WrongState.
        """
        from reviews.deciding import reject

        return reject(self, by=by, reason=reason, message=message)

    def withdraw(self):
        """Take the review back, as its author asks. Raises WrongState for one that is refused or withdrawn."""
        from reviews.deciding import withdraw

        withdraw(self)

    def confirm(self):
        """Put a review whose author has followed the link into the queue. Raises WrongState for any other."""
        from reviews.deciding import confirm

        confirm(self)

    @property
    def token(self):
        """The secret in the author's link."""
        return make_token(self.pk, AUTHOR)

    @property
    def confirmation_token(self):
        """The secret that only the letter has, so that whoever confirms can read what is sent to the address."""
        return make_token(self.pk, CONFIRMATION)

    @property
    def is_public(self):
        """Whether the public may read it."""
        return self.status == self.Status.APPROVED

    @property
    def can_be_withdrawn(self):
        """Whether there is something for its author to take back."""
        return self.status in (self.Status.UNCONFIRMED, self.Status.PENDING, self.Status.APPROVED)

    @property
    def paragraphs(self):
        """The text, divided at empty lines."""
        return [part for part in re.split(r"\n[ \t]*\n\s*", self.body) if part]
