"""The check before sending: what it shows, that it refuses nothing, and that nothing typed is lost on the way."""

import html
import json
import re
import time
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from monographs.open_forms import minute
from reviews.copies import hash_of
from reviews.help_lines import COUNTRIES
from reviews.models import Review, Wording
from reviews.views import checked
from tests.factories import make_monograph, make_opening, make_published
from tests.factories_reviews import ANSWERS, make_note, make_review, make_wording, send_as_it_is, send_review

pytestmark = pytest.mark.django_db

NUMBER = "The ward is at 020 7946 0018, and kind."
CRISIS = "It stopped working and now I want to die."
LONG = "The first two weeks were strange. After the fourth session I slept through the night, and I sleep still."


def page_of(response):
    return html.unescape(response.content.decode())


def carried_by(response):
    """Return what the page between would send, without a choice of button."""
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    return {name: html.unescape(value) for name, value in inputs}


@pytest.fixture
def monograph():
    return make_published(title="Ketamine", slug="ketamine")


@pytest.fixture
def address(monograph):
    return reverse("review_new", args=[monograph.slug])


def test_a_page_between_marks_the_words_says_why_and_how_to_mend_them(client, monograph):
    response = send_review(client, monograph, body=NUMBER)

    assert response.status_code == 200
    assert not Review.objects.exists()
    assert "Before you send it" in page_of(response)
    assert "Telephone number" in page_of(response)
    assert "<mark>020 7946 0018</mark>" in page_of(response)
    assert "nobody should be called because of a review" in page_of(response)
    assert "Change my review" in page_of(response)
    assert "Send it as it is" in page_of(response)


def test_a_text_in_which_nothing_was_seen_goes_straight_on(client, monograph):
    assert send_review(client, monograph).status_code == 303


def test_what_was_seen_can_be_sent_as_it_is(client, monograph, address):
    carried = carried_by(send_review(client, monograph, body=NUMBER, rating="2"))

    response = client.post(address, carried)

    review = Review.objects.get()
    assert response.status_code == 303
    assert response.url == review.get_author_url()
    assert (review.body, review.rating) == (NUMBER, 2)
    assert "phone" in review.rules_fired


def test_everything_typed_goes_along_and_is_stored_as_it_was_typed(client, monograph, address):
    body = 'Ring 020 7946 0018.\n\nA second paragraph with "quotes" & <marks>,\n  and a line.'
    carried = carried_by(send_review(client, monograph, body=body, email="ada@example.org"))

    client.post(address, carried)

    review = Review.objects.get()
    assert review.body == body
    assert review.email == "ada@example.org"
    assert str(review.experienced_on) == "2025-03-01"
    for name in ("title", "author_name", "perspective", "reason_for_use", "form_taken", "duration"):
        assert getattr(review, name) == ANSWERS[name]


def test_it_can_be_changed_and_the_form_has_everything_and_names_what_to_mend(client, monograph, address):
    carried = carried_by(send_review(client, monograph, body=NUMBER))

    response = client.post(address, {**carried, "change": "yes"})

    page = page_of(response)
    assert not Review.objects.exists()
    assert f"{NUMBER}</textarea>" in page
    assert "What may stop your review" in page
    for name in ("title", "author_name", "reason_for_use", "form_taken", "experienced_on"):
        assert ANSWERS[name] in page


def test_a_review_that_was_mended_is_not_asked_about_again(client, monograph, address):
    carried = carried_by(send_review(client, monograph, body=f"{NUMBER} My address is ada@example.org."))

    response = client.post(address, {**carried, "body": NUMBER})

    assert response.status_code == 303
    assert Review.objects.get().body == NUMBER


def test_something_new_is_asked_about_again(client, monograph, address):
    carried = carried_by(send_review(client, monograph, body=NUMBER))

    response = client.post(address, {**carried, "body": f"{NUMBER} My address is ada@example.org."})

    assert response.status_code == 200
    assert not Review.objects.exists()
    assert "<mark>ada@example.org</mark>" in page_of(response)


@pytest.mark.parametrize("seen", ["", "yes", "1", ".", "0" * 16, "é\x00" * 100, "a." * 50_000])
def test_what_was_seen_cannot_be_made_up(client, monograph, seen):
    assert send_review(client, monograph, body=NUMBER, seen_findings=seen).status_code == 200
    assert not Review.objects.exists()


def test_what_was_seen_of_other_words_is_worth_nothing(client, monograph, settings):
    carried = carried_by(send_review(client, monograph, body="Ring 020 7946 9999."))

    response = send_review(client, monograph, body=NUMBER, seen_findings=carried["seen_findings"])

    assert response.status_code == 200
    assert not Review.objects.exists()


def test_signs_for_moderators_alone_do_not_hold_a_writer_up(client, monograph):
    response = send_review(client, monograph, body="At school we called it special K, and it was no joke.")

    assert response.status_code == 303
    assert Review.objects.get().rules_fired == ["goods"]


def test_a_form_with_faults_says_those_first(client, monograph):
    page = page_of(send_review(client, monograph, body=NUMBER, rating=""))

    assert "Choose from one to five stars." in page
    assert "Send it as it is" not in page


def test_the_trap_and_the_limit_hold_on_the_page_between_too(client, monograph, address, settings):
    carried = carried_by(send_review(client, monograph, body=NUMBER))

    trapped = client.post(address, {**carried, "homepage": "https://shop.example"})
    settings.REVIEWS_PER_HOUR = 1
    sent = client.post(address, carried)
    limited = send_as_it_is(client, monograph, body="Another text, which says nothing of the kind.")

    assert "A field that people cannot see was filled in" in page_of(trapped)
    assert sent.status_code == 303
    assert limited.status_code == 429
    assert Review.objects.count() == 1


def test_the_page_between_sets_no_cookie_and_is_kept_by_no_shared_cache(client, monograph):
    response = send_review(client, monograph, body=NUMBER)

    assert not response.cookies
    assert "Vary" not in response.headers
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script> 020 7946 0018", '"><img src=x> a@b.example', "{{ x }} www.x.example"]
)
def test_markup_stays_text_on_the_page_between(client, monograph, hostile):
    page = send_review(client, monograph, title=hostile[:120], body=hostile).content.decode()

    assert "Before you send it" in page
    for danger in ("<script>alert", "<img src=x"):
        assert danger not in page


class TestCopies:
    def test_the_same_text_as_another_review_is_shown_and_can_be_sent(self, client, monograph):
        send_review(client, monograph, body=LONG)

        response = send_review(client, monograph, body=LONG.upper().replace(" ", "  ") + "!")

        assert "Same text as another review" in page_of(response)
        assert send_as_it_is(client, monograph, body=LONG).status_code == 303
        first, second = Review.objects.order_by("pk")
        assert [finding["kind"] for finding in second.findings] == ["copied"]
        assert first.findings == []
        assert first.text_hash == second.text_hash

    def test_short_texts_are_no_copies(self, client, monograph):
        send_review(client, monograph, body="It helped me.")

        assert send_review(client, monograph, body="It helped me.").status_code == 303

    def test_an_edited_review_is_no_copy_of_itself(self, client, monograph):
        send_review(client, monograph, body=LONG)
        review = Review.objects.get()
        page = client.get(reverse("my_review_edit", args=[review.token])).content.decode()
        seen = re.search(r'name="seen" value="(\d+)"', page)[1]
        answers = {
            **ANSWERS,
            "opened": make_opening("reviews.edit", monograph),
            "seen": seen,
            "body": LONG,
            "title": "Other",
        }

        response = client.post(reverse("my_review_edit", args=[review.token]), answers)

        review.refresh_from_db()
        assert response.status_code == 303
        assert review.title == "Other"
        assert review.findings == []

    def test_texts_from_before_get_their_hashes_in_every_wording(self, client, monograph):
        old = make_review(monograph=monograph, body=LONG)
        make_review(monograph=monograph, body="Short.")
        old.edit(make_wording(old, body=f"{LONG} And I dream less."))
        send_review(client, monograph, body="Quite another text, which is long enough to be told from the others.")
        newest = Review.objects.order_by("pk").last()
        for rows in (Review.objects.exclude(pk=newest.pk), Wording.objects):
            rows.update(text_hash="")

        import_module("reviews.migrations.0016_hash_texts_from_before").hash_texts(apps, None)

        hashes = list(Review.objects.order_by("pk").values_list("text_hash", flat=True))
        assert hashes == [hash_of(f"{LONG} And I dream less."), "", newest.text_hash]
        assert list(Wording.objects.order_by("number").values_list("text_hash", flat=True)) == [
            hash_of(LONG),
            hashes[0],
        ]
        copy = send_review(client, monograph, body=f"{LONG} And I dream less!")
        assert "Same text as another review" in page_of(copy)

    def test_nobody_learns_whose_the_other_text_is(self, client, monograph):
        other = make_review(monograph=monograph, body=LONG, title="A secret title", author_name="Grace")
        Review.objects.update(text_hash=hash_of(LONG))

        page = page_of(send_review(client, monograph, body=LONG))

        assert "The same text has been sent before." in page
        assert all(words not in page for words in (other.title, other.author_name, f"/reviews/{other.pk}/"))


class TestCrisis:
    def test_help_is_shown_at_once_and_the_review_is_accepted(self, client, monograph, address):
        response = send_review(client, monograph, body=CRISIS)
        sent = client.post(address, carried_by(response))

        page = page_of(response)
        assert "You can talk to somebody now" in page
        assert '<a href="tel:999"><strong>999</strong></a>' in page
        assert '<a href="tel:116123"><strong>116 123</strong></a>' in page
        assert "What may stop your review" not in page
        assert sent.status_code == 303
        review = Review.objects.get()
        assert review.screened_as == Review.Screened.CRISIS
        assert "You can talk to somebody now" in page_of(client.get(review.get_author_url()))

    def test_other_authors_pages_show_no_help(self, client):
        review = make_review()

        assert "You can talk to somebody now" not in page_of(client.get(review.get_author_url()))

    @pytest.mark.parametrize("country", COUNTRIES)
    def test_each_country_has_an_emergency_number_and_a_line(self, client, address, settings, country):
        settings.SITE_COUNTRY = country
        known = COUNTRIES[country]

        page = page_of(client.get(address))

        assert known.lines
        for line in (known.emergency, *known.lines):
            assert re.fullmatch(r"[0-9 ]{3,16}", line.number)
            assert f'<a href="tel:{line.dialled}"><strong>{line.number}</strong></a>' in page

    def test_a_country_that_is_not_known_gets_no_number_that_may_be_wrong(self, client, address, settings):
        settings.SITE_COUNTRY = "ZZ"

        page = page_of(client.get(address))

        assert "call your local emergency number" in page
        assert "https://findahelpline.com" in page
        assert "tel:" not in page


class TestWhileTyping:
    def check(self, monograph, client=None, **texts):
        client = client or Client(enforce_csrf_checks=True)
        return client.post(reverse("review_check", args=[monograph.slug]), texts)

    def test_the_same_is_said_as_on_the_page_between(self, monograph):
        answer = self.check(monograph, title="About it", body=NUMBER).json()

        [advice] = answer["advice"]
        assert advice["label"] == "Telephone number"
        assert advice["places"] == [{"field": "body", "words": "020 7946 0018"}]
        assert answer["summary"].startswith("1 thing in your text")
        assert answer["crisis"] is False

    def test_a_copy_of_another_review_is_said_without_repeating_the_text(self, client, monograph):
        send_review(client, monograph, body=LONG)

        [advice] = self.check(monograph, body=f"  {LONG}!").json()["advice"]

        assert advice["label"] == "Same text as another review"
        assert advice["places"] == [{"field": "body", "words": ""}]

    def test_a_new_wording_is_no_copy_of_its_own_review(self, client, monograph):
        send_review(client, monograph, body=LONG)
        review = Review.objects.get()
        page = page_of(client.get(reverse("my_review_edit", args=[review.token])))

        address = re.search(r'data-check="([^"]+)"', page)[1]

        assert client.post(address, {"body": LONG}).json()["advice"] == []
        assert [one["label"] for one in client.post(address, {"body": NUMBER}).json()["advice"]] == ["Telephone number"]
        assert client.post(address.replace(review.token, "made-up"), {"body": LONG}).status_code == 404

    def test_a_network_that_asks_without_end_waits_a_minute_and_can_send_all_the_same(
        self, client, monograph, monkeypatch
    ):
        note, now = make_note(monograph, seconds_ago=600), [int(time.time()) // 60 * 60]
        monkeypatch.setattr(minute.time, "time", lambda: now[0])
        monkeypatch.setattr(checked, "LIVE_PER_MINUTE", 2)
        asked = [self.check(monograph, client, body=NUMBER) for _time in range(3)]
        own = client.post(reverse("my_review_check", args=[make_review(monograph=monograph).token]), {"body": NUMBER})

        assert [answer.status_code for answer in (*asked, own)] == [200, 200, 429, 429]
        assert asked[2]["Retry-After"] == "60"
        assert "nothing is lost" in asked[2].json()["detail"]
        assert "020" not in asked[2].content.decode()
        assert "<mark>020 7946 0018</mark>" in page_of(send_review(client, monograph, body=NUMBER, opened=note))
        now[0] += 60
        assert self.check(monograph, client, body=NUMBER).status_code == 200

    def test_words_of_danger_are_said(self, monograph):
        assert self.check(monograph, body=CRISIS).json()["crisis"] is True

    def test_nothing_is_stored_and_no_cookie_set(self, monograph, django_assert_num_queries):
        with django_assert_num_queries(1):
            response = self.check(monograph, body=NUMBER)

        assert not response.cookies
        assert response["Cache-Control"] == "no-store"
        assert not Review.objects.exists()

    def test_only_posts_are_answered(self, client, monograph):
        assert client.get(reverse("review_check", args=[monograph.slug])).status_code == 405

    def test_a_huge_text_is_not_read(self, monograph):
        assert self.check(monograph, body="a" * 50_000).status_code == 413

    @pytest.mark.parametrize("length", ["", "-1", "x"])
    def test_a_made_up_length_is_no_fault_of_ours(self, monograph, length):
        client = Client(raise_request_exception=False)

        response = client.post(reverse("review_check", args=[monograph.slug]), {}, headers={"content-length": length})

        assert response.status_code < 500

    @pytest.mark.parametrize("body", ["\x00", "\ud800".encode("utf-8", "surrogatepass"), b"\xff\xfe", "a" * 9_000])
    def test_bad_text_is_no_fault_of_ours(self, monograph, body):
        client = Client(raise_request_exception=False)
        data = json.dumps({"body": body}) if isinstance(body, str) else b"body=" + body

        for content_type in ("application/x-www-form-urlencoded", "application/json", "text/plain"):
            response = client.post(reverse("review_check", args=[monograph.slug]), data, content_type=content_type)
            assert response.status_code < 500

    def test_while_reviews_are_closed_nothing_is_checked(self, monograph, settings):
        settings.REVIEWS_OPEN = False

        assert self.check(monograph, body=NUMBER).status_code == 403

    @pytest.mark.parametrize("slug", ["nothing", "draft"])
    def test_only_a_public_monograph_is_known(self, client, slug):
        make_monograph(slug="draft")

        assert client.post(reverse("review_check", args=[slug]), {"body": NUMBER}).status_code == 404
