"""What waits on the desk, the admin's front page: for one person, and for everybody who writes or publishes.

Each list is one query that an index answers, and shows a few rows however many there are.
"""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from monographs.due_dates import soon
from monographs.few import first_of
from monographs.house_rules import needs_second_person
from monographs.models import Correction, Edition, Monograph, PublicationRequest, SignOff


@dataclass(frozen=True)
class Desk:
    """The desk of one user. A list is only asked for when the page shows it."""

    user: object

    @cached_property
    def requests(self):
        """Requests for publication, oldest first, each saying whether it `needs_other` than this user."""
        few = first_of(PublicationRequest.objects.open().select_related("monograph", "asked_by"))
        for request in few:
            request.needs_other = needs_second_person(request.monograph, self.user)
        return few

    @cached_property
    def returned(self):
        """Texts that came back to this user, and that neither they nor anybody has dealt with since."""
        of_monograph = {"monograph": OuterRef("monograph")}
        asked_again = PublicationRequest.objects.filter(**of_monograph, pk__gt=OuterRef("pk"))
        published = Edition.objects.filter(**of_monograph, published_at__gt=OuterRef("answered_at"))
        mine = PublicationRequest.objects.filter(asked_by=self.user, status=PublicationRequest.Status.RETURNED)
        people = ("asked_by", "answered_by")
        return first_of(
            mine.exclude(Exists(asked_again)).exclude(Exists(published)).select_related("monograph", *people)
        )

    @cached_property
    def corrections(self):
        """Corrections from readers that nobody has answered, oldest first."""
        heavy = (f"edition__{name}" for name in Edition.HEAVY)
        return first_of(Correction.objects.open().select_related("edition").defer(*heavy))

    @cached_property
    def scheduled(self):
        """Editions whose time is to come, the next one first."""
        return first_of(Edition.objects.scheduled().order_by("public_from", "pk").defer(*Edition.HEAVY))

    @cached_property
    def sign_offs(self):
        """Links that clinicians have not answered, those that expire first before the others."""
        waiting = SignOff.objects.waiting().order_by("expires_at", "pk")
        return first_of(waiting.select_related("monograph", "sent_by").defer("contents"))

    @cached_property
    def overdue(self):
        """Editions in force whose review is overdue, the longest first."""
        return first_of(Edition.objects.due(until=timezone.localdate()))

    @cached_property
    def due_soon(self):
        """Editions in force that are due for review within 60 days."""
        return first_of(Edition.objects.due(until=soon()).filter(standing__due_on__gt=timezone.localdate()))

    @cached_property
    def unpublished(self):
        """Working copies that differ from their latest edition, with its `latest_number` or None, newest first."""
        latest = Edition.objects.filter(monograph=OuterRef("pk")).order_by("-number")
        changed = Monograph.objects.filter(has_changes=True).order_by("-changed_at")
        return first_of(
            changed.select_related("changed_by").annotate(latest_number=Subquery(latest.values("number")[:1]))
        )
