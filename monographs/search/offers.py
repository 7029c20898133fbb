"""What can be looked for on the search page: monographs, and what other apps offer."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monographs.models import Topic
from monographs.search import indexing
from monographs.search.results import search


@dataclass(frozen=True)
class Offer:
    """One kind of thing that can be found.

    `name` stands in the page's address. `find` takes a Query and the parameters of the request, whatever they are, and
    returns what the `template` shows. `index` is the module that keeps its index: `create`, `drop`, `rebuild`, `size`,
    `is_empty` and `differences` do what they do for monographs.
    """

    name: str
    label: str | Promise
    template: str
    find: Callable
    index: ModuleType


def search_also(offer):
    """Add an Offer to the search page."""
    _offers.setdefault(offer.name, offer)


def offers():
    """Return all Offers, monographs first."""
    return list(_offers.values())


def offered(name):
    """Return the Offer of that name, or the one of monographs."""
    return _offers.get(name) or _offers[""]


def empty():
    """Make every index anew with nothing in it, whatever was wrong with it."""
    for offer in offers():
        with transaction.atomic():
            offer.index.drop()
            offer.index.create()


def rebuild():
    """Make every index anew while readers search; yield after each thing that is in it."""
    for offer in offers():
        yield from offer.index.rebuild()


def rebuild_empty():
    """Make those indexes that hold nothing although they should."""
    for offer in offers():
        if offer.index.is_empty():
            for _key in offer.index.rebuild():
                pass


def size():
    """Return how many things the indexes should hold."""
    return sum(offer.index.size() for offer in offers())


def differences():
    """Yield for each thing that is looked at None, or a sentence if an index does not hold it as it should."""
    for offer in offers():
        yield from offer.index.differences()


def _find_monographs(query, parameters):
    slug = parameters.get("topic", "").replace("\x00", "")
    topic = Topic.objects.filter(slug=slug).first() if slug else None
    page = parameters.get("page", "")
    found = search(query, topic=topic, page=int(page) if page.isdecimal() and len(page) < 5 else 1)
    return {"found": found, "topic": topic}


_offers = {}
search_also(Offer("", _("Monographs"), "monographs/_search_results.html", _find_monographs, indexing))
