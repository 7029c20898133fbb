"""The parts of a working copy, each with a position that the editor chooses."""

import re

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from monographs.models.monograph import Monograph
from monographs.registers import REGISTERS, validate_code
from monographs.rendering import validate_source


class SectionQuerySet(models.QuerySet):
    def start_standard(self, monograph):
        """Give a new monograph the five standard sections, in order and without text."""
        kinds = [kind for kind in Section.Kind if kind != Section.Kind.OTHER]
        return self.bulk_create(
            Section(monograph=monograph, kind=kind, heading=str(kind.label), position=position)
            for position, kind in enumerate(kinds, start=1)
        )


class Section(models.Model):
    """One numbered section of the text, written in Markdown."""

    class Kind(models.TextChoices):
        USES = "uses", _("Medical uses")
        MECHANISM = "mechanism", _("Mechanism of action")
        FORMS = "forms", _("Forms and administration")
        EFFECTS = "effects", _("Side effects")
        RESEARCH = "research", _("Emerging research")
        OTHER = "other", _("Other")

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="sections")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    heading = models.CharField(_("heading"), max_length=120)
    body = models.TextField(
        _("text"),
        blank=True,
        validators=[validate_source],
        help_text=_("Markdown. Cite a reference by its key: [@key]."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self):
        return self.heading


class Fact(models.Model):
    """One line of the key facts, such as "Class: NMDA receptor antagonist"."""

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="facts")
    label = models.CharField(_("label"), max_length=60)
    value = models.CharField(_("value"), max_length=300)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("key fact")
        verbose_name_plural = _("key facts")

    def __str__(self):
        return self.label


class Identifier(models.Model):
    """The medicine's code in one register."""

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="identifiers")
    register = models.CharField(
        _("register"), max_length=20, choices=[(key, register.name) for key, register in REGISTERS.items()]
    )
    value = models.CharField(_("code"), max_length=30)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("identifier")
        verbose_name_plural = _("identifiers")
        constraints = [
            models.UniqueConstraint(
                fields=["monograph", "register", "value"],
                name="identifier_once_per_monograph",
                violation_error_message=_("This code is listed twice. Remove one of the two."),
            )
        ]

    def __str__(self):
        return f"{self.get_register_display()} {self.value}"

    def clean(self):
        if self.register in REGISTERS and self.value:
            validate_code(self.register, self.value)

    @property
    def url(self):
        """The address of this medicine in its register."""
        return REGISTERS[self.register].url(self.value)


class DOIField(models.CharField):
    """A DOI; people paste whole addresses, and what identifies the work is kept."""

    def to_python(self, value):
        value = super().to_python(value)
        return value and re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", value.strip(), flags=re.IGNORECASE)


class Reference(models.Model):
    """One source that the text cites as [@key]; its position is its number on the page."""

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="references")
    key = models.CharField(
        _("key"),
        max_length=60,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9_-]*\Z",
                _("Use small letters, digits and hyphens, such as “zarate-2006”."),
            )
        ],
        help_text=_("Cited in the text as [@key]."),
    )
    authors = models.CharField(_("authors"), max_length=500)
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1500), MaxValueValidator(2200)])
    title = models.CharField(_("title"), max_length=500)
    source = models.CharField(_("source"), max_length=300, help_text=_("Journal, volume and pages, or publisher."))
    doi = DOIField(
        "DOI",
        max_length=200,
        blank=True,
        validators=[RegexValidator(r"^10\.\d{4,9}/[^\s<>\"]+\Z", _("A DOI looks like 10.1001/archpsyc.63.8.856."))],
    )
    pmid = models.CharField(
        "PMID", max_length=10, blank=True, validators=[RegexValidator(r"^[1-9]\d*\Z", _("A PMID is a number."))]
    )
    url = models.CharField(
        _("web address"), max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [
            models.UniqueConstraint(
                fields=["monograph", "key"],
                name="reference_key_once_per_monograph",
                violation_error_message=_("This key is used twice. Give one of the two another key."),
            )
        ]

    def __str__(self):
        return self.key
