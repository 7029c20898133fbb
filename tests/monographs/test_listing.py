import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from monographs import listing
from monographs.models import Edition, Filing, Listing, Topic, Withdrawal
from monographs.models.listing import letter_of
from tests.factories import make_monograph, make_published

pytestmark = pytest.mark.django_db


def by_definition(at):
    """The editions in force as DESIGN's words define them: computed from all editions, not from what is derived."""
    public = Edition.objects.exclude(
        withdrawal__at__lt=Subquery(Edition.objects.filter(pk=OuterRef("pk")).values("public_from"))
    ).filter(public_from__lte=at)
    newest = public.filter(monograph=OuterRef("monograph")).order_by("-number").values("pk")[:1]
    return set(Edition.objects.filter(pk=Subquery(newest)).exclude(withdrawal__at__lte=at))


hours = st.integers(0, 8)
histories = st.lists(st.tuples(hours, st.none() | hours), max_size=5)


class InForceTest(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.lists(histories, min_size=1, max_size=3))
    def test_what_is_derived_agrees_with_the_definition_at_every_moment(self, monographs):
        start = timezone.now()
        for history in monographs:
            monograph = make_monograph()
            for number, (public_from, withdrawn_at) in enumerate(history, start=1):
                edition = Edition.objects.create(
                    monograph=monograph,
                    number=number,
                    title=monograph.title,
                    public_from=start + timedelta(hours=public_from),
                    published_at=start,
                )
                if withdrawn_at is not None:
                    at = start + timedelta(hours=withdrawn_at)
                    Withdrawal.objects.create(edition=edition, at=at, reason="Wrong.")
            Listing.objects.refresh([monograph])
        for half_hours in range(18):
            at = start + timedelta(minutes=30 * half_hours)
            assert set(Edition.objects.in_force(at)) == by_definition(at)


def titles(client, address):
    return re.findall(r"<h[23]><a [^>]*>([^<]*)</a></h[23]>", client.get(address).content.decode())


def follow(client, address):
    """Return the titles of a list page by page, following its links."""
    pages = []
    while address:
        pages.append(titles(client, address))
        onward = re.search(r'rel="next" href="([^"]*)"', client.get(address).content.decode())
        address = onward and onward[1].replace("&amp;", "&")
    return pages


@pytest.mark.parametrize(
    ("title", "letter"),
    [("Ketamine", "K"), ("Édaravone", "E"), ("ketamine", "K"), ("Øst", "O"), ("5-HTP", "#"), ("★", "#"), ("Ядро", "Я")],
)
def test_a_title_stands_under_its_letter_without_case_and_accents(title, letter):
    assert letter_of(title) == letter


def test_the_list_is_in_order_whatever_case_and_accents_and_goes_on_page_by_page(client, monkeypatch):
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    for title in ("ibuprofen", "Ícaro", "Zolpidem", "5-HTP", "Ketamine", "Ketamine"):
        make_published(title=title)
    assert follow(client, "/monographs/") == [["5-HTP", "ibuprofen"], ["Ícaro", "Ketamine"], ["Ketamine", "Zolpidem"]]


def test_a_letter_has_a_list_of_its_own(client, monkeypatch):
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    for title in ("Ibuprofen", "Ketamine", "Kaolin", "ketoprofen"):
        make_published(title=title)
    assert follow(client, "/monographs/?letter=K") == [["Kaolin", "Ketamine"], ["ketoprofen"]]
    page = client.get("/monographs/").content.decode()
    assert re.findall(r'href="/monographs/\?letter=(.)"', page) == ["I", "K"]


@pytest.mark.parametrize(
    "query",
    ["letter=Q", "letter=%00", "after=", "after=x", "after=-1", "after=999", f"after={10**30}", "show=", "show=x"],
)
def test_lists_that_nothing_leads_to_are_missing_pages(client, query):
    make_published(title="Ketamine")
    assert client.get(f"/monographs/?{query}").status_code == 404


def test_only_letters_that_readers_find_something_under_are_offered():
    make_published(title="Ketamine")
    make_published(title="Aspirin").edition_in_force.withdraw(by=None, reason="Wrong.")
    make_published(title="Secretol", public_from=timezone.now() + timedelta(hours=1))
    make_monograph(title="Draft")
    assert listing.letters() == ["K"]


def test_a_new_title_takes_the_place_of_the_old_one(client):
    monograph = make_published(title="Aspirin", slug="aspirin")
    monograph.title = "Zaspirin"
    monograph.save()
    monograph.publish(by=None, note="Named anew.")
    assert titles(client, "/monographs/") == ["Zaspirin"]
    assert listing.letters() == ["Z"]


def test_a_topic_shows_its_description_and_goes_on_page_by_page(client, monkeypatch):
    monkeypatch.setattr(listing, "PER_TOPIC_PAGE", 2)
    topic = Topic.objects.create(name="Pain medicines", slug="pain", description="Against pain of all kinds.")
    for title in ("Codeine", "aspirin", "Ibuprofen", "Ketamine"):
        monograph = make_monograph(title=title)
        if title != "Ketamine":
            monograph.topics.add(topic)
        monograph.publish(by=None, note="First.")
    assert follow(client, "/topics/pain/") == [["aspirin", "Codeine"], ["Ibuprofen"]]
    assert "Against pain of all kinds." in client.get("/topics/").content.decode()
    assert "Against pain of all kinds." in client.get("/topics/pain/").content.decode()
    assert client.get("/topics/pain/?after=x").status_code == 404


def test_new_monographs_are_those_that_readers_saw_first_last(client, monkeypatch):
    now = timezone.now()
    first = make_published(title="First", public_from=now - timedelta(days=2))
    make_published(title="Second", public_from=now - timedelta(days=1))
    first.sections.update(body="New words.")
    first.publish(by=None, note="Said better.")
    assert titles(client, "/monographs/?show=new") == ["Second", "First"]


def test_recently_changed_are_those_with_a_substantive_change_since_they_were_new(client):
    assert "No monograph has changed" in client.get("/monographs/?show=changed").content.decode()
    monographs = [make_published(title=title) for title in ("Unchanged", "Once", "Twice")]
    for monograph, note in [(monographs[1], "A new dose."), (monographs[2], "A new warning.")]:
        monograph.sections.update(body=note)
        monograph.publish(by=None, note=note)
    monographs[2].sections.update(body="A comma.")
    monographs[2].publish(by=None, note="A comma.", is_substantive=False)
    page = client.get("/monographs/?show=changed").content.decode()
    assert titles(client, "/monographs/?show=changed") == ["Twice", "Once"]
    assert "A new dose." in page
    assert "A comma." not in page


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 3),
        ("/monographs/", 2),
        ("/monographs/?letter=A", 2),
        ("/monographs/?show=new", 1),
        ("/monographs/?show=changed", 1),
        ("/topics/", 1),
        ("/topics/pain/", 2),
    ],
)
def test_a_list_costs_as_many_queries_with_many_as_with_one(client, django_assert_num_queries, address, queries):
    topic = Topic.objects.create(name="Pain medicines", slug="pain")

    def publish(title):
        monograph = make_monograph(title=title)
        monograph.topics.add(topic)
        monograph.publish(by=None, note="First.")

    publish("Aspirin")
    with django_assert_num_queries(queries):
        client.get(address)
    for title in ("Amoxicillin", "Codeine", "Ibuprofen", "Ketamine"):
        publish(title)
    with django_assert_num_queries(queries):
        client.get(address)


def test_verify_finds_a_listing_that_does_not_fit():
    monograph = make_monograph(title="Ketamine")
    monograph.topics.add(Topic.objects.create(name="Pain", slug="pain"))
    edition = monograph.publish(by=None, note="First.")
    call_command("verify", stdout=StringIO())
    for spoil, words in [
        (lambda: Listing.objects.update(ends=edition.public_from), "in force"),
        (lambda: Listing.objects.all().delete(), "in force"),
        (lambda: Filing.objects.update(sort_title="zzz"), "place under Pain"),
    ]:
        spoil()
        output = StringIO()
        with pytest.raises(CommandError):
            call_command("verify", stdout=output)
        assert words in output.getvalue()
        Listing.objects.refresh([monograph])
