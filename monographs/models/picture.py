"""Uploaded pictures."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PictureQuerySet(models.QuerySet):
    def named_in(self, sections):
        """The pictures whose addresses stand in the source of these sections."""
        from monographs.pictures import ADDRESS

        return self.filter(file__in={path for section in sections for path in ADDRESS.findall(section["source"])})


class Picture(models.Model):
    """One uploaded picture, re-encoded and kept in several widths; the same picture is kept once.

    `file` is the fallback (PNG or JPEG) at full width. `widths` lists the widths in pixels that exist beside it as
    `<stem>-<width>.avif` and `<stem>-<width>.webp`. See monographs/pictures.py.
    """

    file = models.FileField(_("file"), max_length=200, unique=True)
    digest = models.CharField(_("SHA-256 of the upload"), max_length=64, unique=True)
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))
    widths = models.JSONField(_("widths kept"), default=list)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.file.name

    def as_data(self):
        """What the renderer and an Edition need to know: {width, height, widths}."""
        return {"width": self.width, "height": self.height, "widths": self.widths}

    def file_names(self):
        """The paths of all its files below MEDIA_URL, the fallback first."""
        stem = self.file.name.rpartition(".")[0]
        return [self.file.name, *(f"{stem}-{width}.{ending}" for width in self.widths for ending in ("avif", "webp"))]
