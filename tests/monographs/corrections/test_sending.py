"""A reader reports an error in the text."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monographs.correcting import MOST_PER_HOUR, report
from monographs.models import Correction, LogEntry
from monographs.open_forms import TooMany, hash_of_network
from tests.factories import make_correction, make_monograph, make_opening, make_published
from tests.monographs.corrections.reading import page_of
from tests.races import at_once

pytestmark = pytest.mark.django_db

ANSWERS = {"anchor": "effects", "text": "It says 50 mg.\nThe label says 5 mg.", "email": "ada@example.org"}


def send(client, monograph, *, seconds_ago=60, **answers):
    note = make_opening("corrections", monograph, seconds_ago=seconds_ago)
    data = {"opened": note, "edition": "1", **ANSWERS, **answers}
    return client.post(reverse("correction_new", args=[monograph.slug]), data)


def assert_refused_with_everything_kept(response, sentence, *, status=200):
    page = page_of(response)
    assert response.status_code == status
    assert sentence in page
    assert re.search(r"<title>\s*Error: ", page)
    assert 'role="alert"' in page
    assert ANSWERS["text"].splitlines()[1] in page
    assert '<option value="effects" selected>' in page


def test_a_correction_is_stored_with_its_section_and_edition_and_the_reader_is_thanked(client, monograph):
    response = send(client, monograph)

    correction = Correction.objects.get()
    assert response.status_code == 303
    assert (correction.anchor, correction.heading, correction.edition.number) == ("effects", "Side effects", 1)
    assert correction.text == ANSWERS["text"]
    assert correction.network_hash == hash_of_network("corrections", "127.0.0.1")
    assert correction.is_open
    assert "is with the editors" in page_of(client.get(response.url))


def test_the_log_of_the_monograph_tells_of_it_without_the_address(client, monograph):
    send(client, monograph)

    entry = LogEntry.objects.get(event=LogEntry.Event.REPORTED)
    assert (entry.actor, entry.note, entry.edition.number) == ("A reader", "Side effects", 1)


def test_the_section_that_the_address_names_is_chosen_and_a_made_up_one_is_not(client, monograph):
    address = reverse("correction_new", args=[monograph.slug])

    assert '<option value="forms" selected>Forms and administration' in page_of(client.get(address + "?section=forms"))
    page = page_of(client.get(address + '?section="><script>'))
    assert "<script>" not in page
    assert " selected" not in page


def test_without_a_section_it_is_about_the_page_as_a_whole(client, monograph):
    send(client, monograph, anchor="")

    assert Correction.objects.get().place == "the page as a whole"


def test_it_is_about_the_edition_that_was_read_even_when_another_came_into_force_meanwhile(client, monograph):
    monograph.sections.get(kind="effects").delete()
    monograph.publish(by=None, note="Shorter.")

    send(client, monograph)

    assert Correction.objects.get().edition.number == 1
    response = send(client, monograph, edition="2")
    assert "This section is not in the text any more." in page_of(response)
    assert "The label says 5 mg." in page_of(response)


@pytest.mark.parametrize("number", ["", "7", "-1", "x", "9" * 40])
def test_a_made_up_edition_is_the_one_in_force(client, monograph, number):
    send(client, monograph, edition=number)

    assert Correction.objects.get().edition == monograph.edition_in_force


@pytest.mark.parametrize("empty", ["", "  ", "…!?", "\x00"])
def test_a_correction_needs_a_word(client, monograph, empty):
    assert "Write what is wrong." in page_of(send(client, monograph, text=empty))
    assert not Correction.objects.exists()


def test_a_text_that_is_too_long_comes_back_whole_with_its_length(client, monograph):
    page = page_of(send(client, monograph, text="a" * 3001))

    assert "Shorten this to 3000 characters. It has 3001 now." in page
    assert "a" * 3001 in page


def test_an_address_that_is_none_is_named_and_nothing_is_lost(client, monograph):
    assert_refused_with_everything_kept(send(client, monograph, email="ada@"), "Write the e-mail address in full")


def test_a_program_that_fills_in_the_hidden_field_is_refused(client, monograph):
    response = send(client, monograph, homepage="https://shop.example")

    assert_refused_with_everything_kept(response, "A field that people cannot see was filled in")
    assert "shop.example" not in page_of(response)
    assert not Correction.objects.exists()


@pytest.mark.usefixtures("signing_clock_stopped")
def test_a_form_sent_too_fast_or_without_a_true_note_comes_back(client, monograph):
    assert_refused_with_everything_kept(send(client, monograph, seconds_ago=2), "sent very soon after it was opened")
    assert_refused_with_everything_kept(send(client, monograph, opened="made up"), "a part of it was lost on the way")
    note_of_a_review = make_opening("reviews", monograph)
    assert_refused_with_everything_kept(send(client, monograph, opened=note_of_a_review), "a part of it was lost")
    assert not Correction.objects.exists()


def test_pressing_send_twice_makes_one_correction_and_another_text_is_not_lost(client, monograph):
    note = make_opening("corrections", monograph)
    first, second = send(client, monograph, opened=note), send(client, monograph, opened=note)

    assert (first.status_code, second.status_code) == (303, 303)
    response = send(client, monograph, opened=note, text="What I saw later.")
    assert response.status_code == 409
    assert "What I saw later." in page_of(response)
    assert Correction.objects.count() == 1


def test_a_network_that_sends_too_many_is_told_when_to_come_back_and_loses_nothing(client, monograph):
    sent_at = timezone.now() - timedelta(minutes=35)
    network = hash_of_network("corrections", "127.0.0.1")
    for _number in range(MOST_PER_HOUR):
        make_correction(monograph=monograph, network_hash=network, sent_at=sent_at)

    response = send(client, monograph)

    assert_refused_with_everything_kept(response, "You can send this one in 25 minutes.", status=429)
    assert 1440 < int(response["Retry-After"]) <= 1500
    assert Correction.objects.count() == MOST_PER_HOUR


@pytest.mark.django_db(transaction=True)
def test_corrections_sent_at_once_cannot_slip_past_the_limit():
    monograph = make_published()
    edition = monograph.edition_in_force

    def send_one():
        report(Correction(edition=edition, text="Wrong."), address="192.0.2.1")

    results = at_once(*[send_one] * (MOST_PER_HOUR + 3))

    assert sum(isinstance(result, TooMany) for result in results) == 3
    assert Correction.objects.count() == MOST_PER_HOUR


def test_a_correction_and_a_review_of_one_network_cannot_be_linked():
    assert hash_of_network("corrections", "192.0.2.1") != hash_of_network("reviews", "192.0.2.1")


def test_the_form_sets_no_cookie_needs_none_and_varies_by_nothing(monograph):
    client = Client(enforce_csrf_checks=True)
    for response in (client.get(reverse("correction_new", args=[monograph.slug])), send(client, monograph, text="")):
        assert not response.cookies
        assert "Vary" not in response.headers
        assert "private" in response["Cache-Control"]
    assert send(client, monograph).status_code == 303
    assert not client.get(reverse("correction_thanks", args=[monograph.slug])).cookies


def test_the_form_costs_one_query(client, monograph, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(reverse("correction_new", args=[monograph.slug]))


@pytest.mark.parametrize("name", ["correction_new", "correction_thanks"])
def test_only_a_public_monograph_takes_corrections(client, monograph, name):
    make_monograph(slug="draft")
    for slug in ("nothing", "draft"):
        assert client.get(reverse(name, args=[slug])).status_code == 404
    monograph.edition_in_force.withdraw(by=None, reason="Wrong.")
    assert client.get(reverse(name, args=[monograph.slug])).status_code == 404
    assert send(client, monograph).status_code == 404


def test_a_former_address_leads_to_the_form(client, monograph):
    monograph.slug = "ketamine-2"
    monograph.save()

    response = client.get(reverse("correction_new", args=["ketamine"]) + "?section=uses")

    assert response.status_code == 301
    assert response.url == reverse("correction_new", args=["ketamine-2"]) + "?section=uses"
