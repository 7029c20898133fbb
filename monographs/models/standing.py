"""Where an edition stands: who signed exactly its text, and who last reviewed the page without a change."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monographs.due_dates import due_on, is_past
from monographs.models.page_review import PageReview
from monographs.models.sign_off import SignOff


class StandingQuerySet(models.QuerySet):
    def refresh(self, editions):
        """Bring the standing of editions of one monograph in line. Only inside a transaction that holds its lock."""
        for edition in editions:
            self.update_or_create(edition=edition, defaults=self.computed(edition))

    def move_due_days(self, monograph):
        """Reckon anew when the editions of a monograph are due. Only inside a transaction that holds its lock."""
        standings = self.filter(edition__monograph=monograph).annotate(public_from=models.F("edition__public_from"))
        for standing in standings:
            standing.due_on = due_on(standing.public_from, standing.checked_at, months=monograph.review_interval)
        self.bulk_update(standings, ["due_on"])

    def computed(self, edition):
        """Return what the standing of an edition has to be, from the signatures and reviews themselves."""
        signature = SignOff.objects.signature_of(edition)
        review = edition.page_reviews.first()
        times = [time for time in (signature and signature.answered_at, review and review.at) if time]
        day = due_on(edition.public_from, *times, months=edition.monograph.review_interval)
        return {"signature": signature, "review": review, "checked_at": max(times, default=None), "due_on": day}


class Standing(models.Model):
    """Derived from signatures and reviews in the transaction that changes them, so that a page needs one join.

    `due_on` lets the pages that are due be found by an index.
    """

    edition = models.OneToOneField("monographs.Edition", models.CASCADE, primary_key=True, related_name="standing")
    signature = models.ForeignKey(SignOff, models.PROTECT, null=True, related_name="+", verbose_name=_("signature"))
    review = models.ForeignKey(
        PageReview, models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("of a page", "review")
    )
    checked_at = models.DateTimeField(_("the later of both"), null=True)
    due_on = models.DateField(_("next review due"))

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing of an edition")
        verbose_name_plural = _("standings of editions")
        default_permissions = ()
        indexes = [models.Index(fields=["due_on", "edition"], name="standing_due")]

    def __str__(self):
        return str(self.edition)

    @property
    def is_overdue(self):
        return is_past(self.due_on)
