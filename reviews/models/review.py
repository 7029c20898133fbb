"""Reviews: what readers wrote about a medicine that they, or somebody near them, took."""

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from reviews.addresses import email_hash
from reviews.models.acts import Acts
from reviews.models.encrypted_email import EncryptedEmailField
from reviews.models.queries import ReviewQuerySet
from reviews.models.written_text import WrittenText
from reviews.tokens import AUTHOR, CONFIRMATION, make_token

EMPTY = Q(
    status="withdrawn",
    title="",
    body="",
    author_name="",
    perspective="",
    reason_for_use="",
    form_taken="",
    duration="",
    experienced_on=None,
    email="",
    email_hash="",
    network_hash="",
    form_key=None,
)
"""What an erased review has left: its number, its stars, and when what happened."""


class Review(Acts, WrittenText):
    """One reader's rating and text. Only verbs change its status, and only its author its words and stars.

    The text in this row is the wording that counts: the public one, else the newest. See Wording.
    """

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("unconfirmed")
        PENDING = "pending", _("pending")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class WrongState(Exception):
        """The review is not in a state from which this can be done."""

    class AlreadyDecided(WrongState):
        """Somebody has decided this wording; `decision` is what they decided, and the message names them."""

        def __init__(self, decision):
            self.decision = decision
            super().__init__(_gettext("%(decision)s. That decision stands.") % {"decision": decision})

    class Changed(WrongState):
        """Something happened to the review after the moderator looked at it."""

        def __init__(self):
            super().__init__(_gettext("Something changed after you opened this review. Look at it again."))

    class EditedMeanwhile(WrongState):
        """The author has sent another wording since this one was begun."""

        def __init__(self):
            super().__init__(_gettext("You have sent another wording since you opened this form."))

    class SecondReview(WrongState):
        """Its author has another review of the same medicine under the same edition; `first` is that one."""

        def __init__(self, first):
            self.first = first
            super().__init__(
                _gettext("Its author has another review of this edition, number %(number)d, and one is enough.")
                % {"number": first.pk}
            )

    class OwnReview(WrongState):
        """A moderator tried to decide a review that they wrote."""

        def __init__(self):
            super().__init__(_gettext("You wrote this review, so somebody else has to decide it."))

    PUBLIC = (
        "monograph",
        "edition",
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
        "wording",
        "helpful_count",
    )

    monograph = models.ForeignKey(
        "monographs.Monograph", models.PROTECT, related_name="reviews", verbose_name=_("monograph")
    )
    email = EncryptedEmailField(_("e-mail address"), blank=True)
    email_hash = models.CharField(_("keyed hash of the e-mail address"), max_length=64, blank=True, editable=False)
    consented_at = models.DateTimeField(_("consented at"), default=timezone.now)

    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PENDING)
    wording = models.PositiveIntegerField(_("wording"), default=1)
    next_wording = models.PositiveIntegerField(
        _("next wording"),
        null=True,
        editable=False,
        help_text=_("The number of the wording that waits to replace the public one."),
    )
    revision = models.PositiveIntegerField(
        _("revision"), default=1, editable=False, help_text=_("Rises with everything that happens to the review.")
    )
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
    erased_at = models.DateTimeField(_("erased at"), null=True, editable=False)
    link_number = models.PositiveIntegerField(
        _("number of the link"), default=0, editable=False, help_text=_("How often the author’s link was made anew.")
    )
    helpful_count = models.PositiveIntegerField(_("found helpful by"), default=0, editable=False)
    network_hash = models.CharField(_("keyed hash of the network"), max_length=64, blank=True)
    form_key = models.UUIDField(
        _("key of the form"), null=True, unique=True, editable=False, help_text=_("One opened form gives one review.")
    )
    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-submitted_at", "-pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        default_permissions = ("view",)
        permissions = [
            ("moderate_review", _("Can moderate reviews")),
            ("reply_review", _("Can reply officially to reviews")),
        ]
        constraints = [
            *WrittenText.Meta.constraints,
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
            models.CheckConstraint(condition=Q(erased_at=None) | EMPTY, name="review_erased_is_empty"),
            models.UniqueConstraint(
                fields=["email_hash", "monograph", "edition"],
                condition=Q(status="approved") & ~Q(email_hash=""),
                name="review_one_public_per_person_and_edition",
            ),
            models.CheckConstraint(
                condition=Q(next_wording=None) | Q(status="approved"), name="review_next_wording_beside_a_public_one"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "submitted_at", "id"], name="review_queue"),
            models.Index(fields=["-submitted_at", "-id"], name="review_archive"),
            models.Index(fields=["monograph", "status", "-submitted_at", "-id"], name="review_newest"),
            models.Index(fields=["monograph", "status", "rating", "-submitted_at", "-id"], name="review_by_stars"),
            models.Index(
                fields=["monograph", "status", "perspective", "-submitted_at", "-id"], name="review_by_perspective"
            ),
            *(
                models.Index(fields=["monograph", "status", *lead, "-submitted_at", "-id"], name=f"review_{name}")
                for name, lead in {
                    "most_helpful": ["-helpful_count"],
                    "highest": ["-rating"],
                    "by_reason": ["reason_key"],
                    "by_form": ["form_taken_key"],
                }.items()
            ),
            models.Index(fields=["network_hash", "submitted_at"], name="review_per_hour"),
            models.Index(fields=["network_hash", "edition"], name="review_of_network"),
            models.Index(fields=["email_hash", "monograph"], name="review_of_author"),
            models.Index(fields=["text_hash", "-submitted_at", "-id"], name="review_same_text"),
        ]

    def save(self, *args, **kwargs):
        """Store the review; a new one that waits for a moderator gets its card in the queue."""
        is_new = self._state.adding
        self.email_hash = email_hash(self.email)
        with transaction.atomic(using=kwargs.get("using")):
            super().save(*args, **kwargs)
            if is_new and self.status != self.Status.UNCONFIRMED:
                apps.get_model("reviews", "Card").objects.refresh(self)
                apps.get_model("reviews", "Figure").objects.move("received")

    def get_absolute_url(self):
        return reverse("review", args=[self.pk])

    def get_author_url(self):
        """Return the address of the author's own page."""
        return reverse("my_review", args=[self.token])

    def get_confirmation_url(self):
        """Return the address that the letter asking for confirmation leads to."""
        return reverse("my_review_confirm", args=[self.confirmation_token])

    @property
    def token(self):
        """The secret in the author's link."""
        return make_token(self, AUTHOR)

    @property
    def confirmation_token(self):
        """The secret that only the letter has, so that whoever confirms can read what is sent to the address."""
        return make_token(self, CONFIRMATION)

    @property
    def is_public(self):
        """Whether the public may read it."""
        return self.status == self.Status.APPROVED

    @property
    def can_be_edited(self):
        """Whether its author may give it a new wording; a refused one only for a reason that can be mended."""
        if self.status == self.Status.REJECTED:
            return self.last_decision.can_be_mended
        return self.status != self.Status.WITHDRAWN

    @property
    def number(self):
        """The number of the wording that stands in this row, as a Wording has it."""
        return self.wording

    def text_of(self, number):
        """Return one of its wordings: a Wording, or the review itself."""
        return self if number == self.wording else self.wordings.get(number=number)

    @property
    def is_being_decided(self):
        """Whether a moderator has decided and may still take that back, so that its author is not told yet."""
        return self.decisions.standing().filter(final_at__gt=timezone.now()).exists()

    @property
    def last_decision(self):
        """The newest decision that stands, or None."""
        return self.decisions.standing().first()

    @property
    def can_be_withdrawn(self):
        """Whether there is something for its author to take back."""
        return self.status in (self.Status.UNCONFIRMED, self.Status.PENDING, self.Status.APPROVED)
