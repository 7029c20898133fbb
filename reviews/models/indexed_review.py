"""Which reviews the search looks through."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review


class IndexedReview(models.Model):
    """That the words of a public review are in the search index; each database keeps them in its own way.

    What is found is looked up among the approved reviews, so that a row that is left over shows nothing.
    """

    review = models.OneToOneField(Review, models.CASCADE, primary_key=True, related_name="+")
    wording = models.PositiveIntegerField(_("wording"))

    class Meta:
        verbose_name = _("indexed review")
        verbose_name_plural = _("indexed reviews")
        default_permissions = ()

    def __str__(self):
        return str(self.review)
