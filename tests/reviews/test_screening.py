"""What the screening points out, what it leaves alone, and how long it takes."""

import time

import pytest

from reviews.screening import Kind, screen


def kinds(body, title="About it"):
    return {finding.kind for finding in screen(title, body).findings}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (Kind.EMAIL, "Write to ada.lovelace@example.org for more."),
        (Kind.EMAIL, "ada (at) example (dot) org"),
        (Kind.EMAIL, "ada at example dot org"),
        (Kind.PHONE, "Ring +44 7700 900123."),
        (Kind.PHONE, "(020) 7946 0018"),
        (Kind.PHONE, "0044-7700-900-123"),
        (Kind.WEB, "See https://shop.example/ketamine"),
        (Kind.WEB, "Go to www.shop.example"),
        (Kind.WEB, "cheapmeds.shop has it"),
        (Kind.HANDLE, "I am @dealer99 there"),
        (Kind.HANDLE, "Find me on Telegram"),
        (Kind.HANDLE, "t.me/dealer"),
        (Kind.DOSE, "Take 50 mg and wait."),
        (Kind.DOSE, "You should take two or 2 tablets."),
        (Kind.DOSE, "Start with 0.5 mg/kg."),
        (Kind.SOURCING, "You can order it online here."),
        (Kind.SOURCING, "Discreet shipping, no prescription"),
        (Kind.CAPITALS, "THIS CHANGED MY WHOLE LIFE"),
        (Kind.CRISIS, "I want to die."),
        (Kind.CRISIS, "My suicidal thoughts came back."),
        (Kind.CRISIS, "He took an overdose."),
    ],
)
def test_a_finding_is_made_for(kind, body):
    assert kind in kinds(body)


@pytest.mark.parametrize(
    "body",
    [
        "I took 50 mg twice a day for three weeks.",
        "I take 2 tablets every evening.",
        "My doctor told me to take 25 mg at first.",
        "From 12/03/2020 to 14/04/2021, then again 2023-2024.",
        "Ketamine 0.5 mg/kg over 40 minutes, six infusions.",
        "It was great.The next day I slept.",
        "The signal in my nerves became quiet, e.g. in my legs.",
        "Section 1.2.3 of the leaflet; 10.000 people; 5-10 minutes.",
        "OK. I felt better.",
        "MRI, NMDA, EKG.",
    ],
)
def test_what_people_write_about_themselves_is_left_alone(body):
    assert kinds(body) == set()


def test_a_finding_says_what_words_in_which_field_and_where():
    [finding] = screen("Ring +44 7700 900123 now", "Nothing else.").findings

    assert (finding.kind, finding.words, finding.where) == ("phone", "+44 7700 900123", "title")
    assert "Ring +44 7700 900123 now"[finding.start : finding.end] == finding.words
    assert finding.as_data() == {"kind": "phone", "words": finding.words, "where": "title", "start": 5, "end": 20}


def test_other_public_texts_are_screened_under_their_names():
    findings = screen("a", "b", author_name="www.shop.example").findings

    assert [finding.where for finding in findings] == ["author_name"]


def test_selling_with_a_way_to_answer_is_likely_spam():
    assert screen("Ketamine", "For sale, write to a@shop.example").likely_spam
    assert screen("Best price", "In stock, discreet shipping").likely_spam


@pytest.mark.parametrize(
    "body",
    [
        "The clinic has a website, www.clinic.example, that explains it well.",
        "I could not get it without a prescription, and rightly so.",
        "I take 50 mg, it has been cheap for me, and my suicidal thoughts are gone.",
    ],
)
def test_one_sign_alone_is_not_likely_spam(body):
    assert not screen("My treatment", body).likely_spam


def test_a_crisis_is_marked():
    assert screen("Help", "I want to kill myself").crisis
    assert not screen("Good", "It helped me").crisis


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "1.", "1 ", "(", "+1(", "a.", "a-", "@", "@a", "take ", "take aa bb cc ", "up to 1", "end my ", "’",
     "buy a b c ", "www.", "http://", " ", "\n", "a at b ", "a(at)", "A ", "t.me/", "1-1-", "a.com ", "take 1 mg "],
)  # fmt: skip
def test_two_hundred_kilobytes_of_anything_take_less_than_a_second(piece):
    text = piece * (200_000 // len(piece))
    started = time.perf_counter()

    screening = screen(text[:120], text)

    assert time.perf_counter() - started < 1
    assert len(screening.findings) <= 2 * 10 * len(Kind)
