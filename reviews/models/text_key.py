"""Keys under which near copies of a review's text are found."""

from django.db import models

from reviews.models.review import Review


class TextKey(models.Model):
    """One of the keys of the text that stands in a review's own row. Near copies of it share some; see likeness."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="text_keys")
    key = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key", "review"], name="text_key_once_per_review")]

    def __str__(self):
        return str(self.key)
