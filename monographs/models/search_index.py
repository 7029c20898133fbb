"""What the search looks through: names and passages of the editions that are in force or will be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from monographs.models.edition import Edition


class IndexedName(models.Model):
    """One name that an edition can be found by, or one word of a longer name, for correcting what was typed."""

    class Kind(models.TextChoices):
        TITLE = "title", _("title")
        OTHER = "other", _("other name")
        CODE = "code", _("code")
        WORD = "word", _("word of a name")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="indexed_names")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    folded = models.CharField(_("name, folded"), max_length=200)

    class Meta:
        verbose_name = _("indexed name")
        verbose_name_plural = _("indexed names")
        default_permissions = ()
        indexes = [models.Index(fields=["folded", "id"], name="indexed_name_folded")]

    def __str__(self):
        return self.name


class Passage(models.Model):
    """One section of an edition as plain text; the one without an anchor is the top of its page.

    Beside the columns here each database keeps the words of a passage in its own way: see monographs/search/backends.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="passages")
    anchor = models.CharField(_("anchor"), max_length=120, blank=True)
    heading = models.CharField(_("heading"), max_length=120, blank=True)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        default_permissions = ()

    def __str__(self):
        return f"{self.edition} #{self.anchor}"
