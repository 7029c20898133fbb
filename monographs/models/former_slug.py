"""Addresses that a monograph had before."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from monographs.models.monograph import Monograph


class FormerSlug(models.Model):
    """An address that leads to the monograph's present one, for ever."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="former_slugs")

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        default_permissions = ("view",)

    def __str__(self):
        return self.slug
