"""The working copy: what editors change in the admin."""

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """A shelf in the library of monographs, such as "Anaesthetics"."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    description = models.TextField(_("description"), max_length=500, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])


class Monograph(models.Model):
    """One medicine. Its rows are the working copy; readers see its editions."""

    class CannotPublish(Exception):
        """The working copy is not fit to be published; `problems` lists why."""

        def __init__(self, problems):
            self.problems = problems
            super().__init__(" ".join(str(problem) for problem in problems))

    title = models.CharField(_("title"), max_length=120, help_text=_("The medicine’s usual name, such as “Ketamine”."))
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        help_text=_(
            "The last part of the page’s address. A change takes effect at once, and the old address leads to the new "
            "one for ever."
        ),
        error_messages={"unique": _("Another monograph has this address. Choose a different one.")},
    )
    other_names = models.TextField(
        _("other names"),
        blank=True,
        max_length=2000,
        help_text=_("Brand names and other names that people search for, one on each line."),
    )
    summary = models.TextField(
        _("summary"), blank=True, max_length=1000, help_text=_("Two or three sentences at the top of the page.")
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="monographs", verbose_name=_("topics"))
    lead_picture = models.ForeignKey(
        "monographs.Picture", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead picture")
    )
    lead_picture_alt = models.CharField(
        _("what the lead picture shows"),
        max_length=500,
        blank=True,
        help_text=_("For people who cannot see it. Needed before a picture can be published."),
    )
    lead_picture_caption = models.CharField(_("caption of the lead picture"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("changed by")
    )
    has_changes = models.BooleanField(
        _("has unpublished changes"),
        default=True,
        editable=False,
        help_text=_("Whether the working copy differs from the latest edition; derived when either is stored."),
    )
    review_interval = models.PositiveSmallIntegerField(
        _("months between reviews of the whole page"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
    )

    class Meta:
        ordering = ["title"]
        verbose_name = _("monograph")
        verbose_name_plural = _("monographs")
        permissions = [("publish_monograph", _("Can publish monographs"))]
        indexes = [
            models.Index(fields=["-changed_at"], condition=models.Q(has_changes=True), name="monograph_with_changes"),
            models.Index(fields=["title", "-id"], name="monograph_by_title"),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        former = apps.get_model("monographs", "FormerSlug").objects.filter(slug=self.slug)
        if other := former.exclude(monograph=self.pk).select_related("monograph").first():
            raise ValidationError(
                {
                    "slug": _("“%(title)s” had this address before, and old links still lead there. Choose another.")
                    % {"title": other.monograph}
                }
            )

    def save(self, *args, **kwargs):
        """Store the monograph; a new one starts with the five standard sections, a moved one keeps its old address."""
        is_new = self._state.adding
        with transaction.atomic(using=kwargs.get("using")):
            if not is_new and "slug" in (kwargs.get("update_fields") or ["slug"]):
                self._keep_former_slug()
            super().save(*args, **kwargs)
            if is_new:
                self.sections.start_standard(self)

    def _keep_former_slug(self):
        former = Monograph.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        if former and former != self.slug:
            self.former_slugs.filter(slug=self.slug).delete()
            self.former_slugs.get_or_create(slug=former)

    def get_absolute_url(self):
        return reverse("monograph", args=[self.slug])

    def ask_for_publication(self, *, by, note):
        """Ask the publishers to publish the working copy; return the PublicationRequest.

        Raises PublicationRequest.AlreadyOpen, CannotPublish with every problem of the text, and ValueError without a
        note.
        """
        from monographs.requesting import ask

        return ask(self, by=by, note=note)

    def send_for_sign_off(self, *, by, recipient):
        """Freeze the working copy for a clinician to sign; return the SignOff, whose `token` opens it.

        Raises CannotPublish for a text that could not be published, and SignOff.AlreadySent.
        """
        from monographs.signing import send

        return send(self, by=by, recipient=recipient)

    def set_review_interval(self, months, *, by):
        """Decide how many months after a review the whole page is due for the next; readers see the date move."""
        from monographs.review_due import set_interval

        set_interval(self, by=by, months=months)

    def publish(self, *, by, note, public_from=None, is_substantive=True, digest="", answers=None):
        """Freeze the working copy into the next Edition and return it; a `public_from` to come schedules it.

        `by` is a user, or None for a command. A change is substantive when readers should know or do something else
        than before. `digest`, when given, is that of the text which `by` looked at: any other text is not published.
        `answers`, when given, is the request that `by` looked at: it must not have been answered by somebody else.
        Raises CannotPublish with every problem found.
        """
        from monographs.publishing import publish

        return publish(
            self,
            by=by,
            note=note,
            public_from=public_from,
            is_substantive=is_substantive,
            digest=digest,
            answers=answers,
        )

    @property
    def names(self):
        """The other names, as a list."""
        return [name.strip() for name in self.other_names.splitlines() if name.strip()]

    @property
    def edition_in_force(self):
        """The edition that readers see now, or None."""
        return self.editions.in_force().first()

    @property
    def latest_edition(self):
        """The edition with the highest number, public or not, or None."""
        return self.editions.order_by("-number").first()

    @property
    def has_unpublished_changes(self):
        """Whether the working copy differs from the latest edition, computed from both; `has_changes` is stored."""
        from monographs.publishing import contents_of, differs_from_latest, digest_of

        return differs_from_latest(self, digest_of(contents_of(self)))
