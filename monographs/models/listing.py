"""When an edition is in force, and where it stands in the lists of that time."""

from datetime import UTC, datetime
from itertools import groupby

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from monographs.folding import fold
from monographs.models.edition import Edition

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
SHELF_FOR_OTHERS = "#"


class ListingQuerySet(models.QuerySet):
    """Queries of listings."""

    def current(self, at=None):
        """Those of the editions in force, now or `at` a given time."""
        at = at or timezone.now()
        return self.filter(begins__lte=at, ends__gt=at)

    def refresh(self, monographs):
        """Bring the listings of monographs in line. Only inside a transaction that holds their locks."""
        self.bulk_create(
            self.differing(monographs),
            update_conflicts=True,
            unique_fields=["edition"],
            update_fields=Listing.DERIVED,
        )

    def differing(self, monographs):
        """Return the unsaved Listings that monographs have to have and that are not stored so."""
        computed = self.computed(monographs)
        stored = self.in_bulk([listing.pk for listing in computed])
        return [each for each in computed if each.pk not in stored or not each.agrees_with(stored[each.pk])]

    def computed(self, monographs):
        """Return the unsaved Listings that monographs have to have, from their editions and withdrawals."""
        editions = Edition.objects.filter(monograph__in=monographs).order_by("monograph", "number")
        editions = editions.only("monograph_id", "number", "title", "public_from", "is_substantive")
        of_each = groupby(editions.annotate(withdrawn_at=models.F("withdrawal__at")), lambda each: each.monograph_id)
        return [listing for _monograph, editions in of_each for listing in _listings_of(list(editions))]


class Listing(models.Model):
    """Derived from an edition and those after it in the transactions that publish, schedule, cancel and withdraw.

    An edition is in force from `begins` until before `ends`: until a newer one comes or it is withdrawn. Both are
    known in advance, so that lists need no more than a comparison with the clock.
    """

    DERIVED = ("begins", "ends", "since", "changed_at", "letter", "sort_title")

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="listing")
    begins = models.DateTimeField(_("in force from"))
    ends = models.DateTimeField(_("in force until"))
    since = models.DateTimeField(_("when readers first saw the monograph"))
    changed_at = models.DateTimeField(_("when it last changed substantively, if ever"), null=True)
    letter = models.CharField(pgettext_lazy("of the alphabet", "letter"), max_length=4)
    sort_title = models.CharField(_("title, folded for sorting"), max_length=200)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        default_permissions = ()
        indexes = [
            models.Index(fields=["sort_title", "edition", "begins", "ends"], name="listing_by_title"),
            models.Index(fields=["letter", "sort_title", "edition", "begins", "ends"], name="listing_by_letter"),
            models.Index(fields=["-begins", "-edition", "ends"], name="listing_latest"),
            models.Index(fields=["-since", "-edition", "begins", "ends"], name="listing_new"),
            models.Index(fields=["-changed_at", "-edition", "begins", "ends"], name="listing_changed"),
        ]

    def __str__(self):
        return str(self.edition)

    def agrees_with(self, other):
        """Whether two listings of an edition say the same."""
        return all(getattr(self, name) == getattr(other, name) for name in self.DERIVED)


class Filing(models.Model):
    """That an edition stands under a topic, with its place there."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="filings")
    topic = models.ForeignKey("monographs.Topic", models.CASCADE, related_name="filings")
    sort_title = models.CharField(_("title, folded for sorting"), max_length=200)

    class Meta:
        db_table = "monographs_edition_filed_under"
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        default_permissions = ()
        # Named as Django named it before this table had a model of its own.
        unique_together = [("edition", "topic")]
        indexes = [
            models.Index(fields=["topic", "sort_title", "edition"], name="filing_by_title"),
            models.Index(fields=["topic", "-edition"], name="filing_newest"),
        ]

    def __str__(self):
        return f"{self.topic}: {self.edition}"


def sort_title_of(title):
    """Return a title as it is sorted; one without any letter or digit stands as it is."""
    return (fold(title) or title)[:200]


def letter_of(title):
    """Return the letter that a title stands under: digits and signs under "#", other alphabets under their own."""
    first = sort_title_of(title)[0]
    return first.upper() if first.isalpha() else SHELF_FOR_OTHERS


def _listings_of(editions):
    """Return the Listings of all editions of one monograph, given oldest first."""
    listings = []
    first = changed_at = None
    for edition in editions:
        if not _is_cancelled(edition):
            if first and edition.is_substantive:
                changed_at = edition.public_from
            first = min(first or NEVER, edition.public_from)
        listings.append(
            Listing(
                edition=edition,
                begins=edition.public_from,
                since=first or edition.public_from,
                changed_at=changed_at,
                letter=letter_of(edition.title),
                sort_title=sort_title_of(edition.title),
            )
        )
    end = NEVER
    for edition, listing in zip(reversed(editions), reversed(listings), strict=True):
        if _is_cancelled(edition):
            listing.ends = listing.begins
            continue
        listing.ends = min(end, edition.withdrawn_at or NEVER)
        # A newer edition takes the place of all earlier ones for good, even once it is withdrawn.
        end = min(end, edition.public_from)
    return listings


def _is_cancelled(edition):
    return edition.withdrawn_at is not None and edition.withdrawn_at < edition.public_from
