"""Frames of monograph pages, made when editions are published."""

import zlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from monographs.models.edition import Edition


class PageFrame(models.Model):
    """What stays the same of the page of an edition, ready to be filled (see monographs.page_frame).

    `key` is made of all that the frame shows. Whoever reads it asks for the key of the present time, so that a frame
    that says anything else is never found. It can be made again at any time, and no backup holds it.
    """

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="page_frame")
    key = models.CharField(_("key of what it shows"), max_length=32)
    compressed = models.BinaryField(_("the frame, compressed"))

    class Meta:
        verbose_name = _("frame of a page")
        verbose_name_plural = _("frames of pages")
        default_permissions = ()

    def __str__(self):
        return str(self.edition)

    @staticmethod
    def compress(frame):
        """Return a frame, given as bytes, as `compressed` holds it."""
        return zlib.compress(frame)

    @property
    def frame(self):
        """The frame as bytes."""
        return zlib.decompress(self.compressed)
