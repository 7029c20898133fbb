"""What the API answers, and what it never does."""

import json
from urllib.parse import urlsplit

import pytest

from monographs.models import Topic
from reviews.models import Review
from tests.factories import make_monograph, make_published
from tests.factories_reviews import make_approved
from tests.portal.api.library import HIDDEN, fill

pytestmark = pytest.mark.django_db

API = "/api/v1"
KETAMINE = f"{API}/monographs/ketamine"
ANSWERS = [
    f"{API}/monographs",
    KETAMINE,
    f"{KETAMINE}/editions",
    f"{KETAMINE}/editions/1",
    f"{KETAMINE}/sections",
    f"{KETAMINE}/sections/effects",
    f"{KETAMINE}/references",
    f"{KETAMINE}/reviews",
    f"{API}/reviews",
    f"{API}/topics",
    f"{API}/topics/anaesthetics",
    f"{API}/search?q=ketamine",
    f"{API}/openapi.json",
    f"{API}/",
]


@pytest.fixture
def library():
    return fill()


def get(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()


def assert_problem(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = json.loads(response.content)
    assert problem["status"] == status
    assert problem["detail"]
    return problem


def walk(client, address):
    """Return the items of all pages of a list, following `next`, which the Link header must agree with."""
    items = []
    while address:
        response = client.get(address)
        page = response.json()
        items += page["items"]
        following = f'<{page["next"]}>; rel="next"' if page["next"] else ""
        assert following in response["Link"]
        assert response["Link"].count('rel="next"') == bool(page["next"])
        address = page["next"] and page["next"].removeprefix("http://testserver")
    return items


# What is told


def test_a_monograph_has_everything_of_the_edition_in_force_but_its_texts(client, library):
    monograph = get(client, KETAMINE)
    assert (monograph["title"], monograph["edition"]) == ("Ketamine", 2)
    assert monograph["other_names"] == ["Ketalar", "Esketamine"]
    assert monograph["identifiers"][0]["register"] == "ATC"
    assert monograph["reviews"] == {
        "count": 3,
        "average": None,
        "stars": {"1": 1, "2": 0, "3": 1, "4": 0, "5": 1},
    }
    assert [part["anchor"] for part in monograph["contents"]] == ["uses", "mechanism", "forms", "effects", "research"]
    assert "New words" not in json.dumps(monograph)
    for address in monograph["formats"].values():
        assert client.get(urlsplit(address).path).status_code == 200


def test_the_average_is_told_only_from_the_number_on_from_which_pages_show_it(client, library, settings):
    settings.REVIEWS_MINIMUM_FOR_AVERAGE = 3
    assert get(client, KETAMINE)["reviews"]["average"] == 3.0


def test_an_edition_is_the_same_document_as_at_its_own_address(client, library):
    assert client.get(f"{KETAMINE}/editions/1").content == client.get("/monographs/ketamine/editions/1.json").content


def test_the_history_has_public_editions_newest_first_and_says_what_was_withdrawn(client, library):
    editions = walk(client, f"{KETAMINE}/editions?limit=1")
    assert [(edition["number"], edition["withdrawn"]) for edition in editions] == [(2, None), (1, None)]
    (withdrawn,) = get(client, f"{API}/monographs/withdrawn/editions")["items"]
    assert withdrawn["withdrawn"]["reason"] == "The dose was wrong."


def test_sections_and_references_are_those_of_the_edition_in_force_or_of_the_one_asked_for(client, library):
    uses = get(client, f"{KETAMINE}/sections")[0]
    assert uses["source"] == "New words.[@one]"
    assert uses["url"] == "http://testserver/monographs/ketamine/editions/2/#uses"
    assert get(client, f"{KETAMINE}/sections/uses?edition=1")["source"].startswith("It helps.")
    assert [reference["key"] for reference in get(client, f"{KETAMINE}/references")] == ["one", "two"]
    assert_problem(client.get(f"{KETAMINE}/sections/nothing"), 404)
    assert_problem(client.get(f"{KETAMINE}/sections?edition=9"), 404)


def test_monographs_are_found_by_topic_and_letter(client, library):
    def titles(query):
        return [item["title"] for item in get(client, f"{API}/monographs?{query}")["items"]]

    assert titles("") == ["Aspirin", "Ketamine"]
    assert titles("topic=anaesthetics") == ["Ketamine"]
    assert titles("letter=A") == ["Aspirin"]
    assert titles("letter=A&topic=anaesthetics") == titles("topic=unknown") == []


@pytest.mark.parametrize("query", ["", "topic=shelf&"])
def test_pages_of_monographs_hold_each_once_in_order(client, query):
    topic = Topic.objects.create(name="Shelf", slug="shelf")
    for title in ("Delta", "Alpha", "Bravo", "Écho", "Alpha"):
        monograph = make_monograph(title=title)
        monograph.topics.add(topic)
        monograph.publish(by=None, note="First.")
    titles = [item["title"] for item in walk(client, f"{API}/monographs?{query}limit=2")]
    assert titles == ["Alpha", "Alpha", "Bravo", "Delta", "Écho"]


def test_topics_have_pages_and_lead_to_their_monographs(client, library):
    for name in ("Beta", "Alpha"):
        monograph = make_monograph(title=name)
        monograph.topics.add(Topic.objects.create(name=name, slug=name.lower()))
        monograph.publish(by=None, note="First.")
    Topic.objects.create(name="Nothing here", slug="empty")
    topics = walk(client, f"{API}/topics?limit=1")
    assert [topic["name"] for topic in topics] == ["Alpha", "Anaesthetics", "Beta"]
    (item,) = get(client, topics[1]["monographs_url"].removeprefix("http://testserver"))["items"]
    assert item["title"] == "Ketamine"
    assert_problem(client.get(f"{API}/topics/empty"), 404)


def test_reviews_are_narrowed_ordered_and_have_pages(client, library, monkeypatch):
    monkeypatch.setattr("reviews.paging.PER_PAGE", 2)
    assert len(walk(client, f"{KETAMINE}/reviews")) == 3
    assert [review["rating"] for review in walk(client, f"{KETAMINE}/reviews?sort=lowest")] == [1, 3, 5]
    (review,) = get(client, f"{KETAMINE}/reviews?stars=3")["items"]
    assert (review["title"], review["edition"], review["monograph"]) == ("Review with 3", 2, "ketamine")
    assert get(client, f"{KETAMINE}/reviews?perspective=carer")["items"] == []
    assert walk(client, f"{API}/reviews") == walk(client, f"{KETAMINE}/reviews")
    assert get(client, f"{API}/reviews/{review['id']}") == review


def test_the_search_finds_what_the_search_page_finds(client, library):
    (found,) = get(client, f"{API}/search?q=ketalar")["items"]
    assert found["monograph"]["slug"] == "ketamine"
    corrected = get(client, f"{API}/search?q=ketamne")
    assert (corrected["query"], corrected["instead_of"], corrected["count"]) == ("ketamine", "ketamne", 1)
    section = get(client, f"{API}/search?q=new+words")["items"][0]["sections"][0]
    assert section["excerpt"] == "<mark>New</mark> <mark>words</mark>."
    assert section["url"] == "http://testserver/monographs/ketamine/editions/2/#uses"
    for query in ("", "%00", "'\"--;", "%F0%9F%98%80", "a" * 200, "()[]{}*+?"):
        get(client, f"{API}/search?q={query}")


# What is never told


def test_nothing_that_is_not_public_is_in_any_answer(client, library):
    for address in ANSWERS:
        text = client.get(address).content.decode()
        for words in (HIDDEN, "Draftamine", "Soonamine", "Goneamine"):
            assert words not in text, address


def test_addresses_and_hashes_and_statuses_of_reviews_stay_here(client, library):
    review = make_approved(monograph=library, email="ada@example.org", network_hash="f" * 64)
    for address in (f"{KETAMINE}/reviews", f"{API}/reviews/{review.pk}"):
        text = client.get(address).content.decode()
        for word in ("ada@example.org", "ffff", "status", "approved", "hash", "email", "findings", review.token):
            assert word not in text


def test_reviews_that_are_not_approved_are_missing(client, library):
    for review in Review.objects.exclude(status=Review.Status.APPROVED):
        assert_problem(client.get(f"{API}/reviews/{review.pk}"), 404)
    approved = Review.objects.approved().first()
    approved.withdraw()
    assert_problem(client.get(f"{API}/reviews/{approved.pk}"), 404)
    assert approved.title not in client.get(f"{KETAMINE}/reviews").content.decode()


def test_a_withdrawn_edition_is_gone_with_its_reason(client, library):
    for end in ("", "/sections", "/sections/uses", "/references", "/editions/1"):
        problem = assert_problem(client.get(f"{API}/monographs/withdrawn{end}"), 410)
        assert problem["detail"] == "The dose was wrong."


def test_what_is_not_public_is_missing(client, library):
    ends = ("", "/editions", "/sections", "/sections/uses", "/references", "/reviews", "/editions/1")
    for slug in ("draft", "scheduled", "nothing"):
        for end in ends:
            assert_problem(client.get(f"{API}/monographs/{slug}{end}"), 404)


def test_former_addresses_lead_on_with_what_was_asked(client, library):
    library.slug = "esketamine"
    library.save()
    response = client.get(f"{KETAMINE}/sections/uses?edition=1")
    assert response.status_code == 301
    assert response["Location"] == f"{API}/monographs/esketamine/sections/uses?edition=1"
    assert response["Access-Control-Allow-Origin"] == "*"


# Hostile parameters


HOSTILE = [
    (f"{API}/monographs?limit=0", 400),
    (f"{API}/monographs?limit=101", 400),
    (f"{API}/monographs?limit=x", 400),
    (f"{API}/monographs?after=x", 400),
    (f"{API}/monographs?after={10**30}", 400),
    (f"{API}/monographs?after={2**63 - 1}", 404),
    (f"{API}/monographs?topic=%00", 400),
    (f"{API}/monographs?letter=%00", 400),
    (f"{API}/monographs?letter=%F0%9F%98%80", 200),
    (f"{API}/topics?after=unknown", 404),
    (f"{API}/topics?after=%00", 400),
    (f"{KETAMINE}/editions?before={10**30}", 400),
    (f"{KETAMINE}/editions/{10**30}", 400),
    (f"{KETAMINE}/editions/0", 400),
    (f"{KETAMINE}/sections?edition={10**30}", 400),
    (f"{KETAMINE}/reviews?before=nonsense", 400),
    (f"{KETAMINE}/reviews?before=999999999999999999-1", 404),
    (f"{KETAMINE}/reviews?before=1-1&sort=highest", 404),
    (f"{KETAMINE}/reviews?stars=6", 400),
    (f"{KETAMINE}/reviews?sort=worst", 400),
    (f"{KETAMINE}/reviews?perspective=%00", 400),
    (f"{API}/reviews/{10**30}", 400),
    (f"{API}/search", 400),
    (f"{API}/search?q=x&page=0", 400),
    (f"{API}/search?q=ketamine&page=9", 200),
    (f"{API}/search?q={'a' * 201}", 400),
    (f"{API}/monographs/{'a' * 3000}", 400),
    (f"{API}/monographs/%00", 404),
    (f"{API}/nothing", 404),
    (f"{API}/monographs/", 404),
    ("/api/", 404),
    ("/api/v2/monographs", 404),
]


def test_hostile_parameters_are_problems_and_never_errors(client, library):
    for address, status in HOSTILE:
        response = client.get(address)
        assert response.status_code == status, address
        if status != 200:
            assert_problem(response, status)


def test_a_wrong_parameter_is_named(client):
    problem = assert_problem(client.get(f"{API}/monographs?limit=0"), 400)
    assert [error["parameter"] for error in problem["errors"]] == ["limit"]


def test_an_error_is_a_problem_without_its_cause(client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("monographs.search.search", fail)
    client.raise_request_exception = False
    response = client.get(f"{API}/search?q=xyz")
    assert_problem(response, 500)
    assert "secret" not in response.content.decode()


# Queries


def test_every_answer_needs_a_bounded_number_of_queries(client, library, django_assert_max_num_queries):
    for number in range(3):
        make_published(title=f"Ketaminoid {number}")
        make_approved(monograph=library)
    for address in ANSWERS:
        with django_assert_max_num_queries(8):
            assert client.get(address).status_code == 200
