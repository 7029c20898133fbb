"""Template tags for editors and publishers: what waits, for a monograph and for all of them."""

from django import template

from monographs.desk import Desk
from monographs.house_rules import needs_second_person
from monographs.models import Correction
from monographs.people import name_of

register = template.Library()
register.filter("name_of", name_of)


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
def desk_of(user):
    """Return the Desk of a user: what waits, for them and for everybody who writes or publishes."""
    return Desk(user)
