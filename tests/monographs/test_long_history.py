"""A monograph with hundreds of editions: what is read and shown of them does not grow with their number."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from monographs import history
from monographs.models import Edition, PageVote, PictureUse, Standing
from monographs.page_cache import NEWEST, stamp_of
from monographs.page_voting import vote
from tests.factories import make_picture, make_user
from tests.monographs.long_history import make_long_history, withdraw

MANY = 300
HISTORY = "/monographs/ketamine/editions/"


class LongHistoryTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.monograph = make_long_history(MANY, title="Ketamine", slug="ketamine")
        cls.short = make_long_history(3, title="Lidocaine", slug="lidocaine")
        cls.publisher = make_user(is_superuser=True)

    def page(self, address, **kwargs):
        return self.client.get(address, **kwargs).content.decode()

    def cost_of(self, address, client):
        """Return how many queries a page makes and how many editions are made of their rows."""
        loaded = []
        from_db = Edition.from_db

        def count(*args):
            loaded.append(args)
            return from_db(*args)

        Edition.from_db = count
        try:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200, address
        finally:
            Edition.from_db = from_db
        return len(queries), len(loaded)

    def test_pages_cost_the_same_with_three_editions_and_with_three_hundred(self):
        staff = Client()
        staff.force_login(self.publisher)
        pages = ("", "{n}/", "{n}.json", "{n}/cite/", "{n}/changes/")
        public = [
            *("/monographs/{slug}/", "/monographs/{slug}.json", "/monographs/{slug}/editions.atom"),
            *(f"/monographs/{{slug}}/editions/{page}" for page in pages),
            *("/api/v1/monographs/{slug}", "/api/v1/monographs/{slug}/editions"),
        ]
        side_pages = ("change", "history", "preview", "publish", "sign-off", "review-due")
        desk = [f"/admin/monographs/monograph/{{pk}}/{page}/" for page in side_pages]
        for client, address in [*((self.client, each) for each in public), *((staff, each) for each in desk)]:
            few, many = (
                self.cost_of(address.format(slug=monograph.slug, pk=monograph.pk, n=n), client)
                for monograph, n in ((self.short, 2), (self.monograph, 150))
            )
            with self.subTest(address):
                assert many[0] <= few[0]
                # A page of a list is the most that is read of one.
                assert many[1] <= max(few[1], history.PER_PAGE + 5)

    def test_staff_compare_editions_at_a_bounded_cost(self):
        self.client.force_login(self.publisher)
        edition = self.monograph.editions.get(number=150)
        address = reverse("admin:monographs_edition_compare", args=[edition.pk])
        queries, loaded = self.cost_of(f"{address}?with=2", self.client)
        assert (queries < 10, loaded <= history.MOST_OFFERED + 5) == (True, True)
        page = self.page(f"{address}?with=2")
        assert "From edition 2 to edition 150" in page
        assert 'type="number"' in page
        few = self.short.editions.get(number=2)
        page = self.page(reverse("admin:monographs_edition_compare", args=[few.pk]))
        assert page.count("<option") == 3

    def test_the_stamp_is_one_row(self):
        assert len(NEWEST.tuples(slug="ketamine", now=timezone.now())) == 1
        assert stamp_of("ketamine").edition_count == MANY

    def test_the_page_says_how_many_editions_there_are_and_when_the_last_substantive_one_came(self):
        withdraw(self.monograph, 300, 12)
        withdraw(self.monograph, 299, 298, 5, before_its_time=True)
        first = self.monograph.editions.get(number=1)
        stamp = stamp_of("ketamine")
        assert (stamp.edition_count, stamp.is_withdrawn, stamp.substantive_since) == (MANY - 3, True, first.public_from)
        page = self.page("/monographs/ketamine/editions/2/")
        assert f"History: {MANY - 3} editions" in page
        assert stamp_of("lidocaine").edition_count == 3

    def test_the_history_comes_a_page_at_a_time(self):
        address, seen = HISTORY, []
        for _page in range(MANY // history.PER_PAGE):
            page = self.page(address)
            seen += map(int, re.findall(r"<h2><a [^>]*>Edition (\d+)<", page))
            # The first edition of all has nothing before it.
            assert page.count("/changes/") == history.PER_PAGE - (seen[-1] == 1)
            assert page.count('" cy="22" r="') == history.PER_PAGE
            assert ('rel="canonical"' in page, 'content="noindex"' in page) == (address == HISTORY, address != HISTORY)
            following = re.search(r'rel="next" href="([^"]+)"', page)
            address = following and following[1]
        assert seen == list(range(MANY, 0, -1))
        assert address is None

    def test_a_place_that_no_page_names_is_no_page(self):
        for place in ("1", "0", "", "x", "-5", "9" * 30, "²"):
            assert self.client.get(f"{HISTORY}?after={place}").status_code == 404, place

    def test_any_two_of_many_editions_can_be_compared(self):
        page = self.page(f"{HISTORY}150/changes/?against=2")
        assert "from edition 2 to edition 150" in page
        assert '<input id="against" name="against" type="number" min="1" value="2" required>' in page
        assert self.page("/monographs/lidocaine/editions/3/changes/").count("<option") == 2

    def test_a_new_edition_moves_no_row_but_those_it_changes(self):
        self.monograph.sections.update(body="Another text.")
        with CaptureQueriesContext(connection) as queries:
            self.monograph.publish(by=None, note="Next.")
        assert max(len(query["sql"]) for query in queries) < 20_000
        assert self.monograph.edition_in_force.number == MANY + 1

    def test_another_interval_moves_all_days_in_a_bounded_number_of_queries(self):
        with CaptureQueriesContext(connection) as queries:
            self.monograph.set_review_interval(6, by=self.publisher)
        assert len(queries) < 10
        for edition in self.monograph.editions.select_related("standing").filter(number__in=[1, MANY]):
            assert edition.standing.due_on == Standing.objects.computed(edition)["due_on"]
            assert edition.standing.due_on < timezone.localdate() + timedelta(days=190)

    def test_editors_see_the_answers_about_the_newest_editions(self):
        for edition in self.monograph.editions.filter(number__gt=MANY - 30):
            vote(edition, is_helpful=True, address="192.0.2.1")
        assert PageVote.objects.count() == 30
        self.client.force_login(self.publisher)
        page = self.page(reverse("admin:monographs_monograph_change", args=[self.monograph.pk]))
        assert [int(number) for number in re.findall(r"Edition (\d+): 1 yes", page)] == list(range(MANY, MANY - 20, -1))

    def test_the_page_of_a_picture_names_the_newest_of_many_places(self):
        picture = make_picture()
        editions = self.monograph.editions.all()
        PictureUse.objects.bulk_create(
            PictureUse(picture=picture, monograph=self.monograph, edition=edition) for edition in editions
        )
        self.client.force_login(self.publisher)
        page = self.page(reverse("admin:monographs_picture_change", args=[picture.pk]))
        assert "Ketamine, edition 300" in page
        assert "Ketamine, edition 200" not in page
        assert "There are more than these." in page


@pytest.mark.django_db
def test_what_is_told_with_each_edition_is_what_its_history_says():
    monograph = make_long_history(6, slug="ketamine")
    withdraw(monograph, 3)
    withdraw(monograph, 4, before_its_time=True)
    monograph.sections.update(body="Another text.")
    monograph.publish(by=None, note="To come.", public_from=timezone.now() + timedelta(days=1))
    for now in (timezone.now(), timezone.now() + timedelta(days=2), timezone.now() - timedelta(hours=3)):
        public = list(Edition.objects.public(now).filter(monograph=monograph).order_by("-number"))
        for place, edition in enumerate(Edition.objects.public(now).with_history(now).order_by("-number")):
            assert edition.edition_count == len(public)
            since = next(older.public_from for older in public[place:] if older.is_substantive)
            assert edition.substantive_since == since
