"""Template tags for editors and publishers: what waits, for a monograph and for all of them."""

from django import template

from monographs.house_rules import needs_second_person
from monographs.models import Correction, PublicationRequest
from monographs.review_due import due_for_review

register = template.Library()


@register.simple_tag
def open_request_of(monograph):
    """Return the request for publication that nobody has answered, or None."""
    return monograph.requests.open().select_related("asked_by").first()


@register.simple_tag
def last_request_of(monograph):
    """Return the newest request for publication, answered or not, or None."""
    return monograph.requests.select_related("asked_by", "answered_by", "edition").first()


@register.simple_tag
def open_corrections_of(monograph):
    """Return how many corrections from readers nobody has answered."""
    return Correction.objects.open().filter(edition__monograph=monograph).count()


@register.simple_tag
def may_ask(user, monograph):
    """Return whether a user may write this text but not publish it, and so asks somebody who may."""
    if not user.has_perm("monographs.change_monograph"):
        return False
    return not user.has_perm("monographs.publish_monograph") or needs_second_person(monograph, user)


@register.simple_tag
def waiting_requests(user):
    """Return the open requests, oldest first, each saying whether it `needs_other` than this user."""
    requests = list(PublicationRequest.objects.open().select_related("monograph", "asked_by"))
    for request in requests:
        request.needs_other = needs_second_person(request.monograph, user)
    return requests


@register.simple_tag
def reviews_due():
    """Return the edition of each page whose review is overdue or due within 60 days."""
    return list(due_for_review())
