"""What an author writes, and what goes with it."""

import re

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


def group_key(text):
    """Return what people typed in the form by which reviews are grouped: "Depression " and "depression" are one."""
    return " ".join(text.lower().split()).strip(".,;")[:100]


class WrittenText(models.Model):
    """One wording of a review: its words, stars and context, and what the screening saw in them."""

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

    class Screened(models.TextChoices):
        """What the screening took the whole text for; it orders the queue and decides nothing."""

        ORDINARY = "", _("nothing special")
        CRISIS = "crisis", _("may speak of danger to life")
        SPAM = "spam", _("likely sales message")

    WRITTEN = (
        "edition_id",
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
        "findings",
        "screened_as",
        "text_hash",
        "reason_key",
        "form_taken_key",
    )
    TYPED = ("title", "body", "author_name", "reason_for_use", "form_taken")
    """The texts that an author types freely, and in which passages can be marked."""

    GROUPED_BY = {"perspective": "perspective", "reason": "reason_key", "form": "form_taken_key"}

    edition = models.ForeignKey(
        "monographs.Edition",
        models.PROTECT,
        related_name="%(class)ss",
        verbose_name=_("edition"),
        help_text=_("The edition in force when the review was written."),
    )
    rating = models.PositiveSmallIntegerField(_("stars"), choices=Rating)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("review"), max_length=5000)
    author_name = models.CharField(_("display name"), max_length=60)
    perspective = models.CharField(_("written from"), max_length=20, choices=Perspective)
    reason_for_use = models.CharField(_("reason for use"), max_length=100, blank=True)
    form_taken = models.CharField(_("form taken"), max_length=100, blank=True)
    reason_key = models.CharField(max_length=100, blank=True, editable=False)
    form_taken_key = models.CharField(max_length=100, blank=True, editable=False)
    duration = models.CharField(_("taken for"), max_length=20, choices=Duration, blank=True)
    experienced_on = models.DateField(_("when"), null=True, blank=True, help_text=_("The first day of the month."))
    submitted_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    findings = models.JSONField(_("findings"), default=list, blank=True, help_text="[{kind, words, where, start, end}]")
    screened_as = models.CharField(
        _("screened as"), max_length=10, choices=Screened, default=Screened.ORDINARY, blank=True
    )
    text_hash = models.CharField(
        _("hash of the text"), max_length=32, blank=True, editable=False, help_text=_("The same for equal texts.")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(rating__gte=1, rating__lte=5), name="%(class)s_rating_one_to_five")
        ]

    def __str__(self):
        return self.title or _gettext("(erased)")

    def save(self, *args, **kwargs):
        """Store the wording, with what was typed freely in the form by which it is grouped."""
        self.reason_key, self.form_taken_key = group_key(self.reason_for_use), group_key(self.form_taken)
        super().save(*args, **kwargs)

    def take_text_of(self, other):
        """Take over every written field of another wording."""
        for name in self.WRITTEN:
            setattr(self, name, getattr(other, name))

    @property
    def rules_fired(self):
        """The names of the screening's rules that found something, each once."""
        return list(dict.fromkeys(finding["kind"] for finding in self.findings))

    @property
    def groups(self):
        """The groups that the review is counted in: {kind: key}."""
        keys = {kind: getattr(self, field) for kind, field in self.GROUPED_BY.items()}
        return {kind: key for kind, key in keys.items() if key}

    @property
    def paragraphs(self):
        """The text, divided at empty lines."""
        return [part for part in re.split(r"\n[ \t]*\n\s*", self.body) if part]
