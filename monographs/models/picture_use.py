"""Where pictures are shown."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from monographs.models.monograph import Monograph
from monographs.models.picture import Picture


class PictureUseQuerySet(models.QuerySet):
    def record(self, monograph, contents, *, edition=None):
        """Note which pictures contents show: those of an edition, or else those of the working copy as it is now."""
        noted, shown = self._noted_and_shown(monograph, contents, edition)
        if gone := noted - shown:
            self.filter(monograph=monograph, edition=edition, picture__in=gone).delete()
        self.bulk_create(self.model(picture_id=pk, monograph=monograph, edition=edition) for pk in shown - noted)

    def agrees(self, monograph, contents, *, edition=None):
        """Whether what is noted is what contents show."""
        noted, shown = self._noted_and_shown(monograph, contents, edition)
        return noted == shown

    def _noted_and_shown(self, monograph, contents, edition):
        noted = self.filter(monograph=monograph, edition=edition)
        shown = Picture.objects.shown_by(contents)
        return set(noted.values_list("picture", flat=True)), set(shown.values_list("pk", flat=True))

    record.alters_data = True


class PictureUse(models.Model):
    """That an edition shows a picture, or without one the working copy. Derived when either is stored.

    The database refuses to delete a picture that has one.
    """

    picture = models.ForeignKey(Picture, models.PROTECT, related_name="uses")
    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="+")
    edition = models.ForeignKey("monographs.Edition", models.CASCADE, null=True, related_name="+")

    objects = PictureUseQuerySet.as_manager()

    class Meta:
        ordering = ["monograph__title", F("edition__number").desc(nulls_first=True)]
        verbose_name = _("use of a picture")
        verbose_name_plural = _("uses of pictures")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["picture", "edition"], name="picture_use_once_per_edition"),
            models.UniqueConstraint(
                fields=["picture", "monograph"],
                condition=Q(edition=None),
                name="picture_use_once_per_working_copy",
            ),
        ]

    def __str__(self):
        if self.edition:
            return str(self.edition)
        return str(_("%(title)s, working copy") % {"title": self.monograph})
