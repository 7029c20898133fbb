"""What editors and publishers should look at: requests that wait, and pages whose review is due."""

from dataclasses import dataclass

from monographs import mail
from monographs.due_dates import soon
from monographs.models import Edition, PublicationRequest
from monographs.people import people_who_may


@dataclass(frozen=True)
class Waiting:
    """All that waits now; false when nothing does."""

    requests: list[PublicationRequest]
    reviews: list[Edition]

    def __bool__(self):
        return bool(self.requests or self.reviews)

    @property
    def overdue(self):
        return [edition for edition in self.reviews if edition.standing.is_overdue]

    @property
    def due_soon(self):
        return [edition for edition in self.reviews if not edition.standing.is_overdue]


def what_waits():
    """Return the Waiting of this moment."""
    requests = PublicationRequest.objects.open().select_related("monograph", "asked_by")
    return Waiting(list(requests), list(Edition.objects.due(until=soon())))


def send_digests():
    """Send what waits to every editor and publisher with an address. Return how many letters went out."""
    waiting = what_waits()
    if not waiting:
        return 0
    people = people_who_may("change_monograph", "publish_monograph").exclude(email="")
    return sum(mail.send_digest(user, waiting) for user in people)
