"""Makes a library of any size in bulk, for measuring: names, brands, codes, topics, and sections of invented words."""

import random
from itertools import accumulate

from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from monographs import derived
from monographs.models import Edition, Filing, Monograph, Topic
from monographs.models.listing import sort_title_of

BEGINNINGS = "abi ace ami azi bel bra cal cef clo dex dor ena fen flu gali hal ibu keto lami lor meto napro ola".split()
MIDDLES = "ba ci do fa go li mo ne pra ro se ta ti vo xa zo lu re mi no pi".split()
ENDINGS = "mab nib pril sartan statin azole cillin dipine olol oxacin tidine zepam zide amide ine one".split()
PLAIN = """medicine dose tablet pain treatment people blood pressure effect liver kidney doctor receptor brain heart
nausea headache sleep skin stomach infection children pregnancy risk study trial evidence""".split()
TOPICS = 40
SECTIONS = ("uses", "mechanism", "forms", "effects", "research")
HEADINGS = ("Medical uses", "Mechanism of action", "Forms and administration", "Side effects", "Emerging research")
WORDS_IN_SECTION = 150
AT_ONCE = 500


class Library:
    """Invents medicines; the same number always gives the same ones."""

    def __init__(self, size):
        self.size = size
        self.random = random.Random(size)
        self.vocabulary = PLAIN + [self._word() for _ in range(8_000)]
        # As in real text, a few words are everywhere and most are rare.
        self.shares = list(accumulate(1 / place for place in range(1, len(self.vocabulary) + 1)))

    def make(self):
        """Store the whole library, published."""
        topics = [
            Topic.objects.create(name=f"Topic {number}", slug=f"topic-{number}", description="A shelf.")
            for number in range(TOPICS)
        ]
        for start in tqdm(range(0, self.size, AT_ONCE), unit_scale=AT_ONCE, unit="monograph", disable=None):
            self._make_some(range(start, min(start + AT_ONCE, self.size)), topics)

    @transaction.atomic
    def _make_some(self, numbers, topics):
        titles = [self.name() for _ in numbers]
        monographs = Monograph.objects.bulk_create(
            Monograph(title=title, slug=f"medicine-{number}") for number, title in zip(numbers, titles, strict=True)
        )
        editions = Edition.objects.bulk_create(self._edition(monograph) for monograph in monographs)
        Filing.objects.bulk_create(
            Filing(edition=edition, topic=topic, sort_title=sort_title_of(edition.title))
            for edition in editions
            for topic in self.random.sample(topics, 2)
        )
        derived.refresh(monographs)

    def _edition(self, monograph):
        now = timezone.now()
        texts = [self.text(WORDS_IN_SECTION) for _ in SECTIONS]
        return Edition(
            monograph=monograph,
            number=1,
            title=monograph.title,
            subtitle="A medicine for measuring",
            other_names=[self.name() for _ in range(4)],
            summary=f"{monograph.title} is a medicine. {self.text(25)}",
            identifiers=[{"register": "CAS", "name": "CAS", "value": self.code(), "url": ""}],
            sections=[
                {"kind": kind, "heading": heading, "anchor": kind, "source": text, "html": f"<p>{text}</p>"}
                for kind, heading, text in zip(SECTIONS, HEADINGS, texts, strict=True)
            ],
            note="First edition.",
            public_from=now,
            published_at=now,
            digest="0" * 64,
        )

    def name(self):
        return self._word().capitalize()

    def code(self):
        return f"{self.random.randrange(100, 999_999)}-{self.random.randrange(10, 99)}-{self.random.randrange(10)}"

    def text(self, count):
        return " ".join(self.random.choices(self.vocabulary, cum_weights=self.shares, k=count)) + "."

    def _word(self):
        middles = "".join(self.random.choices(MIDDLES, k=self.random.choice((1, 2, 2, 3))))
        return self.random.choice(BEGINNINGS) + middles + self.random.choice(ENDINGS)
