"""How editions are looked up."""

from django.db import models
from django.db.models import Count, F, OuterRef, Subquery
from django.utils import timezone


class EditionQuerySet(models.QuerySet):
    """Queries of editions. Changing or deleting many at once is refused like changing one."""

    def not_cancelled(self):
        """All editions but those that were taken back before their time came."""
        return self.exclude(withdrawal__at__lt=F("public_from"))

    def public(self, at=None):
        """Editions whose time has come, now or `at` a given time."""
        return self.not_cancelled().filter(public_from__lte=at or timezone.now())

    def scheduled(self, at=None):
        """Editions whose time is to come and that were not cancelled."""
        return self.filter(public_from__gt=at or timezone.now(), withdrawal=None)

    def in_force(self, at=None):
        """For each monograph, the newest public edition, unless it is withdrawn.

        An older edition does not come back into force: nobody decided that readers should see that text again.
        """
        at = at or timezone.now()
        return self.filter(listing__begins__lte=at, listing__ends__gt=at)

    def due(self, *, until):
        """Editions in force whose whole page is to be reviewed by a day, the longest due first, with their standing."""
        shown = ("title", "monograph_id", "standing__due_on")
        found = self.in_force().filter(standing__due_on__lte=until).select_related("standing")
        return found.only(*shown).order_by("standing__due_on", "standing__edition_id")

    def with_clinical_review(self):
        """Load what `clinical_review` tells along with each edition."""
        related = self.select_related("monograph", "standing__signature", "standing__review")
        return related.defer("standing__signature__contents")

    def with_history(self, at=None):
        """Tell with each edition how many are public, as `edition_count`, and when the last substantive one up to it
        became so, as `substantive_since`."""
        public = self.model.objects.public(at).filter(monograph=OuterRef("monograph"))
        counted = public.order_by().values("monograph").annotate(count=Count("pk")).values("count")
        substantive = public.filter(is_substantive=True, number__lte=OuterRef("number")).order_by("-number")
        return self.annotate(
            edition_count=Subquery(counted), substantive_since=Subquery(substantive.values("public_from")[:1])
        )

    def for_lists(self):
        """Load only what lists show; sections and references stay in the database."""
        shown = ["number", "title", "subtitle", "summary", "note", "picture", "topics", "public_from"]
        places = ["listing__letter", "listing__since", "listing__changed_at"]
        return self.select_related("monograph", "listing").only(*shown, *places, "monograph__slug")

    def replace_html(self, edition, sections):
        """Store HTML made anew from the same source: the only sanctioned change to an edition."""
        changed = self.filter(pk=edition.pk)
        return models.QuerySet.update(changed, sections=sections, rendered_at=timezone.now())

    def update(self, **kwargs):
        raise self.model.Immutable

    def bulk_update(self, *args, **kwargs):
        raise self.model.Immutable

    def delete(self):
        raise self.model.Immutable

    update.alters_data = bulk_update.alters_data = delete.alters_data = True
