"""Uploaded pictures: the library."""

import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

# What Markdown would take for something else than the character itself.
MARKS = re.compile(r"""[\\`*_\[\]<>&!"]""")


def _escaped(text):
    return MARKS.sub(r"\\\g<0>", " ".join(text.split()))


def _paths_in(sections):
    from monographs.pictures import ADDRESS

    return {path for section in sections for path in ADDRESS.findall(section["source"])}


class PictureQuerySet(models.QuerySet):
    def named_in(self, sections):
        """The pictures whose addresses stand in the source of these sections."""
        return self.filter(file__in=_paths_in(sections))

    def shown_by(self, contents):
        """The pictures of contents: those that their sections name, and the lead picture."""
        lead = {contents["picture"]["path"]} if contents["picture"] else set()
        return self.filter(file__in=_paths_in(contents["sections"]) | lead)

    def hold(self):
        """Keep these pictures from being deleted until the transaction ends."""
        # In one order, so that two who hold the same pictures do not wait for each other.
        list(self.select_for_update().order_by("pk").values_list("pk"))

    def searched(self, query):
        """Pictures with every word of `query` in what is written about them."""
        for word in query.split():
            self = self.filter(Q(alt__icontains=word) | Q(caption__icontains=word) | Q(credit__icontains=word))
        return self


class Picture(models.Model):
    """One uploaded picture, re-encoded and kept in several widths; the same picture is kept once.

    `file` is the fallback (PNG or JPEG) at full width. `widths` lists the widths in pixels that exist beside it as
    `<stem>-<width>.avif` and `<stem>-<width>.webp`. See monographs/pictures.py.
    """

    class Licence(models.TextChoices):
        OWN = "own", _("Own work of this site")
        PERMISSION = "permission", _("Used with permission")
        PUBLIC_DOMAIN = "public-domain", _("Public domain")
        CC0 = "cc0-1.0", "CC0 1.0"
        CC_BY_4 = "cc-by-4.0", "CC BY 4.0"
        CC_BY_SA_4 = "cc-by-sa-4.0", "CC BY-SA 4.0"
        CC_BY_3 = "cc-by-3.0", "CC BY 3.0"
        CC_BY_SA_3 = "cc-by-sa-3.0", "CC BY-SA 3.0"
        CC_BY_2 = "cc-by-2.0", "CC BY 2.0"
        CC_BY_SA_2 = "cc-by-sa-2.0", "CC BY-SA 2.0"

    class InUse(Exception):
        """The picture is shown somewhere and cannot be deleted."""

    ADDRESSES = {
        Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
        **{
            f"cc-{name}-{number}": f"https://creativecommons.org/licenses/{name}/{number}/"
            for name in ("by", "by-sa")
            for number in ("4.0", "3.0", "2.0")
        },
    }

    file = models.FileField(_("file"), max_length=200, unique=True)
    digest = models.CharField(_("SHA-256 of the upload"), max_length=64, unique=True)
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))
    widths = models.JSONField(_("widths kept"), default=list)
    alt = models.CharField(
        _("what it shows"),
        max_length=500,
        blank=True,
        help_text=_("For people who cannot see it. It comes along when the picture is put into a text."),
    )
    caption = models.CharField(
        _("caption"), max_length=300, blank=True, help_text=_("It comes along as well, and can be changed there.")
    )
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, such as “Jane Doe, Wikimedia Commons”.")
    )
    licence = models.CharField(_("licence"), max_length=20, blank=True, choices=Licence)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        default_permissions = ()
        indexes = [models.Index(fields=["-uploaded_at", "-id"], name="picture_latest")]

    def __str__(self):
        return self.alt or self.file.name

    def get_admin_url(self):
        """Return the address of its page in the library."""
        return reverse("admin:monographs_picture_change", args=[self.pk])

    def remove(self):
        """Delete the picture and its files. Raises InUse while an edition or a working copy shows it."""
        from monographs.pictures import remove

        remove(self)

    @property
    def is_used(self):
        """Whether an edition, a working copy or a text sent for sign-off shows it."""
        from monographs.pictures import sent_with

        return self.uses.exists() or sent_with(self).exists()

    @property
    def markdown(self):
        """The Markdown that shows it, with its words, on a line of its own."""
        caption = f' "{_escaped(self.caption)}"' if self.caption else ""
        return f"![{_escaped(self.alt)}]({self.file.url}{caption})"

    def as_data(self):
        """What the renderer and an Edition need to know: {width, height, widths}."""
        return {"width": self.width, "height": self.height, "widths": self.widths}

    def credit_data(self):
        """What is shown below it: {credit, licence, licence_url}, without what is empty."""
        label = self.get_licence_display()
        data = {"credit": self.credit, "licence": str(label), "licence_url": self.ADDRESSES.get(self.licence, "")}
        return {name: value for name, value in data.items() if value}

    def file_names(self):
        """The paths of all its files below MEDIA_URL, the fallback first."""
        stem = self.file.name.rpartition(".")[0]
        return [self.file.name, *(f"{stem}-{width}.{ending}" for width in self.widths for ending in ("avif", "webp"))]
