"""Wordings of reviews that were edited."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review
from reviews.models.written_text import WrittenText


class WordingQuerySet(models.QuerySet):
    def keep(self, review):
        """Store the wording that stands in a review's own row, unless it is stored already."""
        wording = Wording(review=review, number=review.wording)
        wording.take_text_of(review)
        defaults = {name: getattr(wording, name) for name in WrittenText.WRITTEN}
        return self.get_or_create(review=review, number=review.wording, defaults=defaults)[0]

    def newest(self, review):
        """Return the wording of a review that was written last: a Wording, or the review itself."""
        return self.filter(review=review, number__gt=review.wording).order_by("-number").first() or review


class Wording(WrittenText):
    """One wording of a review that was edited. Never changed; a review that was not edited has none.

    The review's own row holds a copy of the wording that counts: the public one, else the newest.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="wordings", verbose_name=_("review"))
    number = models.PositiveIntegerField(_("number"))

    objects = WordingQuerySet.as_manager()

    class Meta(WrittenText.Meta):
        ordering = ["review", "number"]
        verbose_name = _("wording")
        verbose_name_plural = _("wordings")
        default_permissions = ()
        constraints = [
            *WrittenText.Meta.constraints,
            models.UniqueConstraint(fields=["review", "number"], name="wording_number_once_per_review"),
        ]
