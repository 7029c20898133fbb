"""The form of an edition as JSON: what the schema at /schemas/edition.json says, and what the API answers."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Count = Annotated[int, Field(ge=1)]
Address = Annotated[str, Field(json_schema_extra={"format": "uri"})]


class Part(BaseModel):
    """What all parts of the document have in common: nothing but what is described."""

    model_config = ConfigDict(extra="forbid")


class Topic(Part):
    """A topic under which the monograph stands."""

    slug: str = Field(description="The last part of the topic's address on this site.")
    name: str


class Credit(Part):
    """Who made a picture, and under which licence it is shown. What is not known is left out."""

    credit: str = Field("", description="Who made it.")
    licence: str = Field("", description="The licence's name, such as CC BY 4.0.")
    licence_url: Address = Field("", description="Where the licence can be read.")


class Picture(Credit):
    """The lead picture. Its address is `media_url` followed by `path`."""

    path: str = Field(description="Where the PNG or JPEG file at full width lies below `media_url`.")
    width: Count = Field(description="In pixels.")
    height: Count = Field(description="In pixels.")
    widths: list[Count] = Field(
        description="Widths in pixels that exist beside it, as AVIF and WebP: `<path without ending>-<width>.avif`."
    )
    alt: str = Field(description="What the picture shows, for people who cannot see it.")
    caption: str


class Fact(Part):
    """One line of the key facts."""

    label: str
    value: str


class Identifier(Part):
    """The medicine's code in one register."""

    register_key: str = Field(alias="register", description="The register's key on this site, such as ATC or UNII.")
    name: str = Field(description="The register's name.")
    value: str = Field(description="The code.")
    url: Address = Field(description="The medicine's entry in the register.")


class Section(Part):
    """One section of the text, in the order of the page."""

    kind: str = Field(description="One of uses, mechanism, forms, effects, research and other.")
    heading: str
    anchor: str = Field(description="The section's id on the page: its address is `url`#`anchor`.")
    source: str = Field(description="The text in Markdown. `[@key]` cites the reference with that key.")
    html: str = Field(description="The text as a fragment of HTML. Addresses in it are relative to `url`.")


class Reference(Part):
    """One source; the first in the list has number 1 on the page."""

    key: str = Field(description="Cited in the text as `[@key]`.")
    authors: str
    year: int
    title: str
    source: str = Field(description="Journal, volume and pages, or publisher.")
    doi: str = Field(description="The DOI without an address before it, or an empty text.")
    pmid: str = Field(description="The number in PubMed, or an empty text.")
    url: str = Field(description="A web address, or an empty text.")
    checked_on: date | None = Field(description="The day on which somebody last looked at the source.")


class ClinicalReview(Part):
    """Who checked the text, and when that is due again."""

    signed_by: str | None = Field(description="The clinician who signed exactly this text, or null.")
    credentials: str | None
    signed_at: datetime | None
    reviewed_by: str | None = Field(description="Who last reviewed the page and found nothing to change, or null.")
    reviewed_at: datetime | None
    due_on: date = Field(description="The day by which the whole page is to be reviewed again.")


class MonographLink(Part):
    """The medicine that the edition is about."""

    slug: str = Field(description="The last part of its address; a former one leads to the present one.")
    url: Address = Field(description="The page that shows the edition in force.")


class EditionDocument(Part):
    """One published edition of a medicine monograph: frozen, numbered, never changed afterwards.

    `digest` is the SHA-256 of the members title, subtitle, other_names, summary, topics, picture, facts, identifiers,
    sections (without `html`), references and, where it is there, credits, written as JSON in UTF-8 with members sorted
    by name and without spaces between them. Dates and times are as in RFC 3339.
    """

    model_config = ConfigDict(title="Edition")

    url: Address = Field(description="The permanent address of this edition.")
    monograph: MonographLink
    number: Count = Field(description="The first edition of a monograph has number 1.")
    language: str = Field(description="Language tag as in BCP 47.")
    title: str = Field(description="The medicine's usual name.")
    subtitle: str
    other_names: list[str] = Field(description="Brand names and other names that people search for.")
    summary: str
    topics: list[Topic]
    picture: Picture | None
    facts: list[Fact]
    identifiers: list[Identifier]
    sections: list[Section]
    references: list[Reference]
    credits: dict[str, Credit] = Field(
        {}, description="Credits of the pictures in the text, by their paths below `media_url`; left out where none is."
    )
    note: str = Field(description="What this edition changed.")
    is_substantive: bool = Field(description="Whether it changed what readers should know or do.")
    public_from: datetime = Field(description="When it came into force.")
    published_at: datetime = Field(description="When a publisher released it, which may be earlier.")
    clinical_review: ClinicalReview
    digest: str = Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of the frozen source, see above.")
    media_url: Address = Field(description="What precedes the paths of pictures.")
