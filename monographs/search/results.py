"""What the search page shows: the monographs of one page, each with where the words stand in it."""

from dataclasses import dataclass, field

from monographs.models import Edition
from monographs.search import finding, spelling
from monographs.search.finding import Found
from monographs.search.snippets import Marker
from monographs.search.words import Query

PER_PAGE = 10
MOST_PAGES = 10
MOST_NAMES = 3
FEW = 3


@dataclass(frozen=True)
class Hit:
    """A section that has the words: its anchor and heading, and a stretch of its text with the words marked."""

    anchor: str
    heading: str
    snippet: str


@dataclass(frozen=True)
class Result:
    """A monograph that was found. `names` are the other names and codes that have the words, marked."""

    edition: Edition
    names: list[str]
    excerpt: str
    hits: list[Hit]


@dataclass(frozen=True)
class Results:
    """One page of what was found for `query`.

    `instead_of` is what was typed when `query` is a correction of it, `suggestion` a correction that was not made,
    and with `is_partial` not all words had to be there.
    """

    query: Query
    instead_of: str = ""
    suggestion: str = ""
    is_partial: bool = False
    close_names: list[str] = field(default_factory=list)
    count: int = 0
    is_cut: bool = False
    page: int = 1
    page_count: int = 0
    results: list[Result] = field(default_factory=list)

    @property
    def previous_page(self):
        """The number of the page before, or None on the first."""
        return self.page - 1 if self.page > 1 else None

    @property
    def next_page(self):
        """The number of the page after, or None on the last."""
        return self.page + 1 if self.page < self.page_count else None


def search(query, *, topic=None, page=1):
    """Return the Results for a Query that is not too short. A page beyond the last is the last."""
    found = finding.find(query, topic)
    if not found.places:
        return _results_instead(query, topic, page)
    suggestion = None
    if found.by_name == 0 and len(found.places) < FEW:
        suggestion = spelling.correct(query, in_names=True)
    return _results(query, found, page, suggestion=suggestion.text if suggestion else "")


def _results_instead(query, topic, page):
    """Return what the query may have meant, or pages with some of its words, or names that are close."""
    corrected = spelling.correct(query)
    if corrected and (found := finding.find(corrected, topic)).places:
        return _results(corrected, found, page, instead_of=query.text)
    wanted = corrected or query
    if len(wanted.words) > 1 and (found := finding.find_apart(wanted, topic)).places:
        return _results(wanted, found, page, instead_of=query.text if corrected else "")
    return _results(query, Found([]), page, close_names=spelling.close_names(query))


def _results(query, found, page, **more):
    places = found.places[: PER_PAGE * MOST_PAGES]
    page_count = -(-len(places) // PER_PAGE)
    page = max(1, min(page, page_count))
    shown = finding.load(places[PER_PAGE * (page - 1) : PER_PAGE * page])
    marker = Marker(query)
    return Results(
        query,
        count=len(places),
        is_partial=found.is_partial,
        is_cut=found.is_cut or len(found.places) > len(places),
        page=page,
        page_count=page_count,
        results=[_result(marker, edition, passages) for edition, passages in shown],
        **more,
    )


def _result(marker, edition, passages):
    names = [*edition.other_names, *(code["value"] for code in edition.identifiers)]
    marked = [text for text in map(marker.snippet, names) if "<mark>" in text]
    top = next((passage.text for passage in passages if not passage.anchor), edition.summary)
    hits = [
        Hit(passage.anchor, passage.heading, marker.snippet(passage.text)) for passage in passages if passage.anchor
    ]
    return Result(edition, marked[:MOST_NAMES], marker.snippet(top), hits)
