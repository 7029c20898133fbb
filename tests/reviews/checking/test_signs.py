"""Copies, words of danger, and the check while somebody types."""

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
from reviews.models import Decision, Review, Wording
from reviews.views import checked
from tests.factories import make_monograph, make_opening
from tests.factories_reviews import (
    ANSWERS,
    make_note,
    make_rejected,
    make_review,
    make_wording,
    send_as_it_is,
    send_review,
)
from tests.reviews.checking.acts import CRISIS, LONG, NUMBER, carried_by, page_of

pytestmark = pytest.mark.django_db


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

    def test_who_is_refused_for_calling_for_help_is_shown_where_to_get_it(self, client):
        review = make_rejected(reason=Decision.Reason.EMERGENCY)
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
