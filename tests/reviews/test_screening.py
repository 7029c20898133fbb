"""What the screening points out, what it leaves alone, and what it makes of messages that it has never seen."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.screening import MOST_FINDINGS, RULES, Finding, Screening, rules, screen
from reviews.screening.reading import read
from reviews.screening.wording import WEIGHTS
from tests.reviews.obfuscation import WAYS
from tests.reviews.screening_texts import HOSTILE, messages
from tests.reviews.weighing import digest

CATCHES = [(name, text) for name, rule in RULES.items() for text in rule.catches]
LEAVES = [(name, text) for name, rule in RULES.items() for text in rule.leaves]


def kinds(body, title="About it"):
    return {finding.kind for finding in screen(title, body).findings}


def share_of_spam(texts):
    return sum(screen("", text).likely_spam for text in texts) / len(texts)


@pytest.mark.parametrize(("name", "text"), CATCHES)
def test_a_rule_fires_on_its_own_examples(name, text):
    assert name in kinds(text)


@pytest.mark.parametrize(("name", "text"), LEAVES)
def test_a_rule_leaves_alone_what_it_says_it_leaves(name, text):
    assert name not in kinds(text)


def test_each_file_is_a_rule_with_everything_that_people_read():
    files = {path.stem for path in Path(rules.__file__).parent.glob("*.py")} - {"__init__"}

    assert set(RULES) == files
    for rule in RULES.values():
        assert rule.label
        assert rule.explanation
        assert rule.leaves
        assert rule.weight >= 0


def test_a_finding_says_what_words_in_which_field_and_where():
    [finding] = screen("Ring +44 7700 900123 now", "Nothing else.").findings

    assert (finding.kind, finding.words, finding.where) == ("phone", "+44 7700 900123", "title")
    assert "Ring +44 7700 900123 now"[finding.start : finding.end] == finding.words
    assert finding.as_data() == {"kind": "phone", "words": finding.words, "where": "title", "start": 5, "end": 20}


def test_other_public_texts_are_screened_under_their_names():
    findings = screen("a", "b", author_name="www.clinic.example").findings

    assert [finding.where for finding in findings] == ["author_name"]


def test_a_rule_about_one_field_is_not_asked_about_others():
    offer = "My guy has the good stuff, ask me for his number."

    assert "wording" in kinds(offer)
    assert "wording" not in kinds("It helped.", title=offer)


def test_what_was_stored_can_be_weighed_again_even_after_a_rule_is_gone():
    screening = screen("Ketamine for sale", "Write to a@example.org")
    stored = [finding.as_data() for finding in screening.findings]
    gone = Finding("gone", "words", "body", 0, 5).as_data()

    assert Screening.of([*stored, gone]).score == screening.score
    assert Screening.of([gone]).score == 0


def test_hidden_words_are_marked_where_they_stand_in_the_original():
    body = "Nice. Т\u200be\u200bl\u200be g r a m, or w.h.a.t.s.a.p.p please"

    words = [finding.words for finding in screen("", body).findings if finding.kind == "messenger"]

    assert words == ["Т\u200be\u200bl\u200be g r a m", "w.h.a.t.s.a.p.p"]


@pytest.mark.parametrize(
    "body",
    [
        "I took 50 mg twice a day for three weeks.",
        "My doctor told me to take 25 mg at first.",
        "From 12/03/2020 to 14/04/2021, then again 2023-2024.",
        "Ketamine 0.5 mg/kg over 40 minutes, six infusions.",
        "It was great.The next day I slept.",
        "The signal in my nerves became quiet, e.g. in my legs.",
        "I could have called anybody, but I slept. The session: strange, then good.",
    ],
)
def test_what_people_write_about_themselves_is_left_alone(body):
    assert kinds(body) == set()


@pytest.mark.parametrize(
    "body",
    [
        "The clinic has a website, www.clinic.example, that explains it well.",
        "I could not get it without a prescription, and rightly so.",
        "I take 50 mg, it has been cheap for me, and my suicidal thoughts are gone.",
        "I ordered my prescription online and the pharmacy delivered it to my door.",
        "As a student I bought ket from a dealer, and my bladder paid for it.",
    ],
)
def test_one_sign_alone_is_not_likely_spam(body):
    assert not screen("My treatment", body).likely_spam


def test_a_crisis_is_marked():
    assert screen("Help", "I want to kill myself").crisis
    assert not screen("Good", "It helped me").crisis


def test_of_sellers_messages_never_seen_95_in_100_are_likely_spam():
    assert share_of_spam(messages("sellers_heldout", of_each=10)) >= 0.95


def test_of_genuine_reviews_never_seen_at_most_1_in_100_is():
    assert share_of_spam(messages("genuine_heldout", of_each=10)) <= 0.01


def test_of_people_who_describe_their_own_treatment_with_ketamine_none_is():
    texts = messages("own_treatment_heldout", of_each=20)

    assert [text for text in texts if screen("Ketamine", text).likely_spam] == []


def test_of_odd_sellers_messages_never_seen_95_in_100_are():
    assert share_of_spam(messages("sellers_odd_heldout", of_each=1)) >= 0.95


@pytest.mark.parametrize("name", ["genuine_odd_heldout", "own_treatment_odd_heldout"])
def test_of_odd_reviews_never_seen_none_is(name):
    assert [text for text in messages(name, of_each=1) if screen("", text).likely_spam] == []


def test_an_offer_inside_a_long_story_is_found():
    [story, *_others] = messages("own_treatment_heldout", of_each=1)
    offer = "Ask me for the number of my supplier, he posts the same vials anywhere without a prescription."

    assert not screen("", 3 * story).likely_spam
    assert screen("", f"{story} {story} {offer} {story}").likely_spam


def test_the_words_were_weighed_with_the_messages_that_are_there_now():
    assert WEIGHTS.read_text().splitlines()[0] == digest(), "run tests/reviews/weighing.py"


def test_sellers_messages_are_seen_through_however_they_are_hidden():
    chance = random.Random(7)
    hidden = [chance.choice(WAYS)(text, chance) for text in messages("sellers_heldout", of_each=10)]

    assert share_of_spam(hidden) >= 0.95


@pytest.mark.parametrize("way", WAYS)
def test_no_way_of_hiding_works(way):
    chance = random.Random(11)
    hidden = [way(text, chance) for text in chance.sample(messages("sellers_train", of_each=1), 150)]

    assert share_of_spam(hidden) >= 0.9


@given(st.text(max_size=400), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_every_finding_of_any_text_lies_in_that_text(body, title):
    texts = {"title": title, "body": body}

    for finding in screen(title, body).findings:
        text = texts[finding.where]
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.words == " ".join(text[finding.start : finding.end].split())


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_every_letter_that_is_read_stands_somewhere_in_the_original_and_in_its_order(text):
    reading = read(text)

    assert len(reading.plain) == len(reading.cased) == len(reading.places)
    assert reading.places == sorted(reading.places)
    assert all(0 <= place < len(text) for place in reading.places)


def test_plain_words_are_read_as_they_stand():
    text = "i was given a low dose at the hospital, and i felt better by the evening."

    reading = read(text)

    assert reading.plain == text
    assert reading.places == list(range(len(text)))


@pytest.mark.parametrize("piece", HOSTILE)
def test_few_findings_are_kept_of_a_hostile_text_and_reading_it_makes_it_no_longer(piece):
    text = (piece * 5_000)[:5_000]

    screening = screen("", text)

    assert len(read(text).plain) <= 4 * len(text)
    for kind in screening.kinds:
        assert sum(finding.kind == kind for finding in screening.findings) <= MOST_FINDINGS


def test_no_pattern_repeats_without_a_bound_what_repeats_itself():
    unbounded = re.compile(r"\)[+*]|[+*]\)[+*{]")
    for path in Path(rules.__file__).parent.glob("*.py"):
        for source in re.findall(r'r[f]?"([^"\n]*)"', path.read_text()):
            assert not unbounded.search(re.sub(r"\[[^\]]*\]|\\.", "", source)), (path.name, source)
