"""What the API answers. Docstrings and descriptions go into its OpenAPI document."""

from datetime import datetime
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from monographs.formats.edition_document import (
    Address,
    ClinicalReview,
    Fact,
    Identifier,
    Picture,
    Section,
    Topic,
)

Item = TypeVar("Item")


class Page(BaseModel, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next: Address | None = Field(
        description="Where the next page is, or null on the last. The Link header says it too."
    )


class Problem(BaseModel):
    """Why a request could not be answered, as in RFC 9457."""

    type: str = Field(description="Always about:blank: the status says what kind of problem it is.")
    title: str = Field(description="The name of the status.")
    status: int
    detail: str = Field(description="A sentence for people.")


class Stars(BaseModel):
    """How many approved reviews there are. The average is null while they are too few to mean something."""

    count: int
    average: float | None
    stars: dict[str, int] = Field(description="How many reviews have 1, 2, 3, 4 and 5 stars.")


class MonographItem(BaseModel):
    """A monograph in a list: what its edition in force says of itself, without the text."""

    slug: str
    url: Address = Field(description="The page for people.")
    api_url: Address = Field(description="The whole monograph in this API.")
    title: str
    subtitle: str
    summary: str
    topics: list[Topic]
    edition: int = Field(description="The number of the edition in force.")
    public_from: datetime = Field(description="When that edition came into force.")
    reviews: Stars


class SectionHeading(BaseModel):
    """A line of the table of contents."""

    kind: str
    heading: str
    anchor: str
    url: Address = Field(description="The section on the page for people.")


class SectionItem(Section, SectionHeading):
    """One section with its text."""


class Monograph(MonographItem):
    """A monograph: everything of its edition in force but the texts, which have addresses of their own."""

    other_names: list[str]
    picture: Picture | None
    media_url: Address = Field(description="What precedes the paths of pictures.")
    facts: list[Fact]
    identifiers: list[Identifier]
    contents: list[SectionHeading]
    reference_count: int
    clinical_review: ClinicalReview
    formats: dict[str, Address] = Field(description="Where the edition is in each format, by how the address ends.")


class Withdrawn(BaseModel):
    """That an edition was taken back."""

    at: datetime
    reason: str


class EditionItem(BaseModel):
    """An edition in the history of its monograph."""

    number: int
    title: str
    url: Address
    api_url: Address
    note: str = Field(description="What it changed.")
    is_substantive: bool
    public_from: datetime
    digest: str
    withdrawn: Withdrawn | None


class TopicItem(Topic):
    """A topic that something stands under."""

    description: str
    url: Address
    monographs_url: Address = Field(description="Its monographs in this API.")


class Review(BaseModel):
    """An approved review by a reader."""

    id: int
    url: Address
    monograph: str = Field(description="The slug of the monograph.")
    edition: int = Field(description="The number of the edition that was in force when it was written.")
    is_outdated: bool = Field(description="Whether the text has changed substantively since.")
    rating: int = Field(ge=1, le=5)
    title: str
    body: str = Field(description="Plain text; an empty line divides paragraphs.")
    author_name: str
    perspective: str = Field(description="own, carer or professional.")
    reason_for_use: str
    form_taken: str
    duration: str = Field(description="once, weeks, months, half_year, years, longer, or an empty text.")
    experienced_on: str | None = Field(description="The month, such as 2025-03.")
    submitted_at: datetime


class SectionFound(BaseModel):
    """A section that has the words."""

    anchor: str
    heading: str
    url: Address
    excerpt: str = Field(description="HTML: a stretch of the text, escaped, with the words in `mark` elements.")


class MonographFound(BaseModel):
    """A monograph that has the words, and where."""

    monograph: MonographItem
    excerpt: str = Field(description="HTML: a stretch of the summary, escaped, with the words in `mark` elements.")
    sections: list[SectionFound]


class Found(Page[MonographFound]):
    """One page of what a search found, the best first."""

    model_config = ConfigDict(title="Found")

    query: str = Field(description="What was searched for in the end.")
    instead_of: str | None = Field(description="What was typed, where nothing had it and `query` is a correction.")
    suggestion: str | None = Field(description="Another spelling that finds more.")
    count: int = Field(description="How many monographs there are on all pages.")
