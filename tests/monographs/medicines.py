"""A small library of medicines to search in: names, brands, codes, topics, and a few words in each section."""

from pathlib import Path

from monographs.models import Topic
from tests.factories import make_monograph

# A line each: title | other names; by semicolons | topic | CAS number
# | uses | mechanism | forms | side effects | research
LIBRARY = Path(__file__).parent / "samples" / "medicines.txt"

KINDS = ("uses", "mechanism", "forms", "effects", "research")


def make_library():
    """Publish all of them."""
    for line in LIBRARY.read_text().splitlines():
        title, names, topic, code, *texts = (part.strip() for part in line.split("|"))
        monograph = make_monograph(
            title=title, other_names=names.replace("; ", "\n"), summary=f"{title} is a medicine."
        )
        for kind, text in zip(KINDS, texts, strict=True):
            monograph.sections.filter(kind=kind).update(body=text)
        monograph.identifiers.create(register="CAS", value=code)
        monograph.topics.add(Topic.objects.get_or_create(name=topic, slug=topic.lower().replace(" ", "-"))[0])
        monograph.publish(by=None, note="First edition.")
