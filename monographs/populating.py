"""Synthetic monographs in bulk, for measuring: as publish() would make them, but hundreds at a time."""

import random
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from monographs.derived import refresh
from monographs.freezing import freeze
from monographs.models import Edition, Filing, LogEntry, Monograph, Section, Standing, Topic
from monographs.models.listing import sort_title_of
from monographs.publishing import digest_of, frozen_sections, render_sections

AT_ONCE = 200
SHARE_OF_CHANGED = 10
"""One monograph in so many has a second edition."""

STEMS = "al ben cor del fen gar hex iso kal lor mer nor ox pel quin ros sal tor ur vel".split()
ENDINGS = "amide azole cillin done idine ine mab olol one oxin pril statin tadine vir zepam".split()
TOPICS = ("Anaesthetics", "Antibiotics", "Heart medicines", "Mental health", "Pain medicines", "Sleep")
SENTENCES = (
    "It is used for pain, and for some conditions of the heart.",
    "It acts on a receptor of nerve cells, and its effect begins within an hour.",
    "It is given as a tablet of 50 mg, or as an injection.",
    "People may feel dizzy or sick, and some sleep badly.",
    "Studies in larger groups are under way.",
)


def populate(count):
    """Make and publish this many monographs; yield how many are made after each batch."""
    chance = random.Random(count)  # noqa: S311, made up on purpose
    topics = [_topic(name) for name in TOPICS]
    start = Monograph.objects.count()
    for made in range(0, count, AT_ONCE):
        size = min(AT_ONCE, count - made)
        with transaction.atomic():
            monographs = _make(range(start + made, start + made + size), topics, chance)
        freeze([monograph.pk for monograph in monographs])
        yield made + size


def _topic(name):
    slug = name.lower().replace(" ", "-")
    return Topic.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def _make(numbers, topics, chance):
    titles = [f"{chance.choice(STEMS)}{chance.choice(STEMS)}{chance.choice(ENDINGS)} {number}" for number in numbers]
    monographs = Monograph.objects.bulk_create(
        Monograph(
            title=title.capitalize(),
            slug=title.replace(" ", "-"),
            summary=f"A made-up medicine for measuring, number {number}.",
            has_changes=False,
        )
        for number, title in zip(numbers, titles, strict=True)
    )
    kinds = [kind for kind in Section.Kind if kind != Section.Kind.OTHER]
    rows = [
        Section(
            monograph=monograph, kind=kind, heading=str(kind.label), position=position, body=_text(chance, position)
        )
        for monograph in monographs
        for position, kind in enumerate(kinds, start=1)
    ]
    Section.objects.bulk_create(rows)
    filed = [chance.sample(topics, 2) for _monograph in monographs]
    Monograph.topics.through.objects.bulk_create(
        Monograph.topics.through(monograph=monograph, topic=topic)
        for monograph, its_topics in zip(monographs, filed, strict=True)
        for topic in its_topics
    )
    sections = [rows[place : place + len(kinds)] for place in range(0, len(rows), len(kinds))]
    editions = Edition.objects.bulk_create(
        edition
        for parts in zip(numbers, monographs, sections, filed, strict=True)
        for edition in _editions(*parts, chance)
    )
    Filing.objects.bulk_create(
        Filing(edition=edition, topic=topic, sort_title=sort_title_of(edition.title))
        for edition in editions
        for topic in topics
        if topic.slug in {each["slug"] for each in edition.topics}
    )
    Standing.objects.refresh(editions)
    LogEntry.objects.bulk_create(
        LogEntry(monograph=edition.monograph, event=LogEntry.Event.PUBLISHED, edition=edition, note=edition.note)
        for edition in editions
    )
    refresh(monographs)
    return monographs


def _text(chance, position):
    return "\n\n".join(f"{SENTENCES[position - 1]} {chance.choice(SENTENCES)}" for _paragraph in range(3))


def _editions(number, monograph, sections, topics, chance):
    """Yield the editions of a monograph, unsaved: the newest says what its working copy says."""
    published_at = timezone.now() - timedelta(minutes=chance.randrange(1, 2_000_000))
    if number % SHARE_OF_CHANGED == 0:
        first, *others = sections
        earlier = Section(kind=first.kind, heading=first.heading, body=f"It is new.\n\n{first.body}")
        yield _edition(monograph, [earlier, *others], topics, 1, published_at - timedelta(days=100))
        yield _edition(monograph, sections, topics, 2, published_at)
    else:
        yield _edition(monograph, sections, topics, 1, published_at)


def _edition(monograph, sections, topics, number, published_at):
    contents = {
        "title": monograph.title,
        "subtitle": "",
        "other_names": [],
        "summary": monograph.summary,
        "topics": sorted(({"slug": topic.slug, "name": topic.name} for topic in topics), key=lambda t: t["slug"]),
        "picture": None,
        "facts": [],
        "identifiers": [],
        "sections": frozen_sections(sections),
        "references": [],
    }
    return Edition(
        **{**contents, "sections": render_sections(contents)[0]},
        monograph=monograph,
        number=number,
        digest=digest_of(contents),
        note="Made for measuring.",
        published_at=published_at,
        public_from=published_at,
    )
