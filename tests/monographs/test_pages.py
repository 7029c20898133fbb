from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.models import Edition, Topic
from tests.factories import make_monograph, make_published

pytestmark = pytest.mark.django_db


def publish_ketamine(**kwargs):
    return make_published(title="Ketamine", slug="ketamine", other_names="Ketalar\nKétamine", **kwargs)


def test_the_page_shows_the_edition_in_force_with_its_sections_in_order(client):
    publish_ketamine(body="What it **does**.")
    page = client.get("/monographs/ketamine/").content.decode()
    headings = ["Medical uses", "Mechanism of action", "Forms and administration", "Side effects", "Emerging research"]
    places = [page.index(f"<span>{heading}</span></h2>") for heading in headings]
    assert places == sorted(places)
    assert "What it <strong>does</strong>." in page


def test_without_reviews_the_page_says_so_and_invites_the_first(client):
    publish_ketamine()
    page = client.get("/monographs/ketamine/").content.decode()
    assert "There are no reviews yet." in page
    assert "Be the first to review “Ketamine”" in page
    assert "★" not in page


def test_an_unpublished_monograph_has_no_page(client):
    make_monograph(slug="draft")
    for address in ("/monographs/draft/", "/monographs/draft/editions/", "/monographs/draft/editions/1/"):
        assert client.get(address).status_code == 404


def test_a_scheduled_edition_is_nowhere_before_its_time(client):
    make_published(title="Secretol", slug="secretol", public_from=timezone.now() + timedelta(hours=1))
    for address in ("/monographs/secretol/", "/monographs/secretol/editions/", "/monographs/secretol/editions/1/"):
        assert client.get(address).status_code == 404
    for address in ("/", "/monographs/", "/search/?q=secretol"):
        page = client.get(address).content.decode()
        assert "/monographs/secretol/" not in page


def test_a_new_edition_shows_on_the_next_request_although_pages_are_kept(client):
    monograph = publish_ketamine(body="Old words.")
    assert "Old words." in client.get("/monographs/ketamine/").content.decode()
    monograph.sections.update(body="New words.")
    assert "Old words." in client.get("/monographs/ketamine/").content.decode()
    monograph.publish(by=None, note="Second.")
    assert "New words." in client.get("/monographs/ketamine/").content.decode()


def test_a_scheduled_edition_replaces_a_kept_page_when_its_time_comes(client, monkeypatch):
    monograph = publish_ketamine(body="Old words.")
    monograph.sections.update(body="New words.")
    now = timezone.now()
    monograph.publish(by=None, note="Second.", public_from=now + timedelta(minutes=1))
    assert "Old words." in client.get("/monographs/ketamine/").content.decode()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=2))
    assert "New words." in client.get("/monographs/ketamine/").content.decode()


def test_an_unchanged_page_is_answered_with_304(client):
    monograph = publish_ketamine()
    first = client.get("/monographs/ketamine/")
    again = client.get("/monographs/ketamine/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    monograph.sections.update(body="New words.")
    monograph.publish(by=None, note="Second.")
    assert client.get("/monographs/ketamine/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_permalink_of_an_older_edition_says_which_one_is_in_force(client):
    monograph = publish_ketamine(body="Old words.")
    monograph.sections.update(body="New words.")
    monograph.publish(by=None, note="Second.")
    page = client.get("/monographs/ketamine/editions/1/").content.decode()
    assert "Old words." in page
    assert 'href="/monographs/ketamine/"' in page
    assert client.get("/monographs/ketamine/editions/3/").status_code == 404


def test_the_history_lists_public_editions_with_their_notes(client):
    monograph = publish_ketamine(note="The very first.")
    monograph.sections.update(body="New words.")
    monograph.publish(by=None, note="Said it better.")
    page = client.get("/monographs/ketamine/editions/").content.decode()
    assert page.index("Said it better.") < page.index("The very first.")


def test_the_changes_of_an_edition_are_public(client):
    monograph = publish_ketamine(body="It is safe.")
    monograph.sections.filter(kind="uses").update(body="It is mostly safe.")
    monograph.publish(by=None, note="Second.")
    page = client.get("/monographs/ketamine/editions/2/changes/").content.decode()
    assert "<ins>mostly </ins>" in page
    assert "Medical uses" in page
    assert "Side effects" not in page
    assert "<ins>It is safe.</ins>" in client.get("/monographs/ketamine/editions/1/changes/").content.decode()
    assert client.get("/monographs/ketamine/editions/3/changes/").status_code == 404


def test_the_changes_of_a_scheduled_edition_are_not_public(client):
    monograph = publish_ketamine(body="Old.")
    monograph.sections.update(body="Secret.")
    monograph.publish(by=None, note="Later.", public_from=timezone.now() + timedelta(hours=1))
    assert client.get("/monographs/ketamine/editions/2/changes/").status_code == 404


def test_topics_list_what_was_published_under_them(client):
    topic = Topic.objects.create(name="Anaesthetics", slug="anaesthetics")
    monograph = make_monograph(title="Ketamine", slug="ketamine")
    monograph.topics.add(topic)
    assert "Anaesthetics" not in client.get("/topics/").content.decode()
    monograph.publish(by=None, note="First.")
    assert "Anaesthetics" in client.get("/topics/").content.decode()
    assert "/monographs/ketamine/" in client.get("/topics/anaesthetics/").content.decode()
    assert client.get("/topics/none/").status_code == 404


PUBLIC = [
    "/",
    "/monographs/",
    "/monographs/ketamine/",
    "/monographs/ketamine/editions/",
    "/monographs/ketamine/editions/1/",
    "/monographs/ketamine/editions/1/changes/",
    "/topics/",
    "/topics/anaesthetics/",
    "/search/?q=ketamine",
    "/search/suggest/?q=ketamine",
    "/opensearch.xml",
    "/monographs/nothing/",
    "/healthz",
    "/readyz",
]


@pytest.fixture
def library():
    monograph = make_monograph(title="Ketamine", slug="ketamine")
    monograph.topics.add(Topic.objects.create(name="Anaesthetics", slug="anaesthetics"))
    monograph.publish(by=None, note="First.")
    return monograph


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_set_no_cookie_vary_by_nothing_and_have_a_strict_policy(client, library, address):
    response = client.get(address)
    assert not response.cookies
    assert not response.has_header("Vary")
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/monographs/ketamine/", 6),  # one of them looks for a stored frame, which here is none
        ("/monographs/ketamine/editions/", 3),
        ("/monographs/ketamine/editions/1/", 3),
        ("/monographs/ketamine/editions/1/changes/", 3),
        ("/monographs/", 3),
        ("/topics/", 3),
        ("/topics/anaesthetics/", 3),
        ("/search/?q=ketamine", 8),
        ("/", 3),
        ("/healthz", 0),
    ],
)
def test_public_pages_need_a_bounded_number_of_queries(client, library, django_assert_max_num_queries, address, most):
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_a_kept_monograph_page_needs_one_query(client, library, django_assert_num_queries):
    client.get("/monographs/ketamine/")
    with django_assert_num_queries(1):
        client.get("/monographs/ketamine/")


def test_every_link_on_the_public_pages_leads_somewhere(client, library):
    import re

    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        response = client.get(address)
        assert response.status_code in (200, 302), address
        for link in re.findall(r'href="(/[^"#]*)', response.content.decode()):
            link = link.replace("&amp;", "&")
            if link not in seen and not link.startswith(("/static/", "/media/", "/admin/")):
                seen.add(link)
                waiting.append(link)
    assert reverse("monograph", args=["ketamine"]) in seen
    assert Edition.objects.get().get_absolute_url() in seen


@pytest.mark.parametrize(
    ("body", "is_rare"),
    [
        ("A **plain** text.\n\n- An item\n\n### A heading\n\n| A | B |\n|---|---|\n| 1 | 2 |", False),
        ("> A quotation.", True),
        ("Some `code`.", True),
        ("*[NMDA]: N-methyl-D-aspartate\n\nIt blocks NMDA.", True),
        ("::: chart How often\n| Effect | Medicine |\n|---|--:|\n| Nausea | 28% |\n:::", True),
    ],
)
def test_only_a_text_with_rare_parts_loads_their_styles(client, body, is_rare):
    publish_ketamine(body=body)
    page = client.get("/monographs/ketamine/").content.decode()
    assert ("css/article-rare" in page) == is_rare
