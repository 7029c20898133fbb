"""What letters say."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from reviews.models import Decision, Flag, Letter
from tests.factories import make_published
from tests.factories_reviews import make_approved
from tests.reviews.occasions import ADA, GRACE, OCCASIONS, about_a_refusal, arrive

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_letter_says_the_same_in_text_and_html_and_loads_nothing(occasion):
    happen, subject = OCCASIONS[occasion]
    happen()

    letter = arrive()[-1]

    [(markup, kind)] = letter.alternatives
    assert subject in letter.subject
    assert kind == "text/html"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    links = re.findall(r"http://\S+", letter.body)
    assert set(re.findall(r'href="([^"]+)"', markup)) == set(links)
    assert all(link.startswith("http://testserver/") for link in links)
    assert not re.search(r"<img|<script|<link|src=|url\(|<iframe|Mary", markup + letter.body)
    assert "\n\n\n" not in letter.body


def test_what_a_moderator_wrote_is_text_and_never_markup():
    about_a_refusal()

    [letter] = arrive()

    assert "Tell <b>yours</b> & no other." in letter.body
    assert "Tell &lt;b&gt;yours&lt;/b&gt; &amp; no other." in letter.alternatives[0].content


def test_a_refusal_says_how_it_can_be_mended_and_until_when_it_can_be_appealed_against():
    review = about_a_refusal()

    [letter] = arrive()

    assert reverse("my_review_edit", args=[review.token]) in letter.body
    assert reverse("my_review_appeal", args=[review.token]) in letter.body
    assert "you can appeal until" in letter.body
    assert str(Decision.Reason.DOSE_INSTRUCTIONS.rule) in letter.body


def test_a_title_with_line_breaks_makes_no_further_header():
    monograph = make_published(title="Ketamine\r\nBcc: everybody@example.org")
    make_approved(monograph=monograph, email=ADA)

    [letter] = arrive()

    message = letter.message()
    assert message["Bcc"] is None
    assert "Ketamine Bcc: everybody@example.org" in message["Subject"]


def test_letters_are_written_in_the_sites_language():
    make_approved(email=ADA)

    with translation.override("de"):
        [letter] = arrive()

    assert '<html lang="de"' in letter.alternatives[0].content


def test_a_letter_whose_address_was_erased_is_not_sent_and_does_not_fail():
    review = make_approved()
    review.flag(reason="abusive", email=GRACE)
    Flag.objects.update(email="")

    assert arrive() == []
    assert Letter.objects.get().sent_at
