"""Editions: what the public reads. Frozen, numbered, immutable."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.models.queries import EditionQuerySet


class Edition(models.Model):
    """One published state of a monograph: source and HTML together, never changed afterwards."""

    class Immutable(TypeError):
        """Somebody tried to change or delete an edition."""

        def __init__(self):
            super().__init__("Editions are never changed or deleted. Publish a new edition instead.")

    class AlreadyWithdrawn(Exception):
        """Somebody else withdrew or cancelled this edition; `withdrawal` says who and when."""

        def __init__(self, withdrawal):
            self.withdrawal = withdrawal
            super().__init__(withdrawal.sentence)

    FROZEN = (
        "title",
        "subtitle",
        "other_names",
        "summary",
        "topics",
        "picture",
        "facts",
        "identifiers",
        "sections",
        "references",
        "credits",
    )

    HEAVY = ("sections", "references", "facts", "identifiers")

    monograph = models.ForeignKey("monographs.Monograph", models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120)
    subtitle = models.CharField(_("subtitle"), max_length=200, blank=True)
    other_names = models.JSONField(_("other names"), default=list)
    summary = models.TextField(_("summary"), blank=True)
    topics = models.JSONField(_("topics"), default=list, help_text="[{slug, name}]")
    picture = models.JSONField(_("lead picture"), null=True, help_text="{path, width, height, widths, alt, caption, …}")
    facts = models.JSONField(_("key facts"), default=list, help_text="[{label, value}]")
    identifiers = models.JSONField(_("identifiers"), default=list, help_text="[{register, name, value, url}]")
    sections = models.JSONField(_("sections"), default=list, help_text="[{kind, heading, anchor, source, html}]")
    references = models.JSONField(_("references"), default=list, help_text="[{key, authors, year, title, source, …}]")
    credits = models.JSONField(
        _("credits of pictures"), default=dict, blank=True, help_text="{path: {credit, licence, licence_url}}"
    )
    note = models.TextField(_("what changed"), max_length=500)
    is_substantive = models.BooleanField(_("changes what readers should know or do"), default=True)
    public_from = models.DateTimeField(_("public from"))
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("published by")
    )
    digest = models.CharField(_("SHA-256 of the frozen source"), max_length=64)
    rendered_at = models.DateTimeField(_("HTML made at"), default=timezone.now)
    filed_under = models.ManyToManyField(
        "monographs.Topic", through="monographs.Filing", related_name="editions", verbose_name=_("topics")
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["monograph", "-number"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["monograph", "number"], name="edition_number_once_per_monograph"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="edition_number_from_one"),
        ]
        indexes = [
            models.Index(fields=["-public_from"], name="edition_latest_first"),
            # With all that the length of a history depends on, for the rows themselves are long.
            models.Index(fields=["monograph", "-number", "public_from", "is_substantive"], name="edition_history"),
        ]

    def __str__(self):
        return _("%(title)s, edition %(number)d") % {"title": self.title, "number": self.number}

    def save(self, *args, **kwargs):
        """Store a new edition. Raises Immutable for one that is stored already."""
        if not self._state.adding:
            raise Edition.Immutable
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Edition.Immutable

    def get_absolute_url(self):
        return reverse("edition", args=[self.monograph.slug, self.number])

    def withdraw(self, *, by, reason):
        """Take the edition back: readers see the reason in place of the text. Before its time this cancels it.

        Raises AlreadyWithdrawn, and ValueError without a reason.
        """
        from monographs.withdrawing import withdraw

        return withdraw(self, by=by, reason=reason)

    def restore(self, *, by):
        """Copy this edition's text into the working copy; readers see nothing of it until it is published."""
        from monographs.restoring import restore

        return restore(self, by=by)

    def record_review(self, *, by, name, note=""):
        """Record that `name` reviewed the whole page and nothing has to change; return the PageReview.

        Raises PageReview.NotInForce when readers see another edition.
        """
        from monographs.review_due import record_review

        return record_review(self, by=by, name=name, note=note)

    @property
    def clinical_review(self):
        """The ClinicalReview: who signed exactly this text, who reviewed it since, when the next review is due."""
        from monographs.review_due import clinical_review_of

        return clinical_review_of(self)

    @property
    def contents(self):
        """The frozen source as plain data, without the HTML: what `digest` is computed from."""
        contents = {name: getattr(self, name) for name in self.FROZEN}
        if not self.credits:
            # Editions from before there were credits have a digest without them.
            del contents["credits"]
        contents["sections"] = [
            {key: value for key, value in section.items() if key != "html"} for section in self.sections
        ]
        return contents

    @property
    def withdrawn(self):
        """The Withdrawal of this edition, or None."""
        return getattr(self, "withdrawal", None)

    @property
    def is_public(self):
        """Whether its time has come and it was not cancelled before."""
        has_come = self.public_from <= timezone.now()
        return has_come and not (self.withdrawn and self.withdrawn.at < self.public_from)
