"""What crawlers are told: the sitemap, robots.txt, and which pages they should leave out."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from defusedxml.ElementTree import fromstring
from django.utils import timezone

from monographs.models import Topic
from portal import sitemap
from tests.factories import make_monograph, make_published, make_user
from tests.factories_reviews import make_approved, make_review

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(autouse=True)
def _a_small_site(monkeypatch):
    """Whatever keys monographs have by now; they go on from test to test."""
    monkeypatch.setattr(sitemap, "LARGE", 10**9)


def urls(client, address="/sitemap.xml"):
    """Return {path: element} of a sitemap."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    root = fromstring(response.content)
    assert root.tag == f"{SITEMAP}urlset"
    found = {}
    for url in root.findall(f"{SITEMAP}url"):
        address = url.find(f"{SITEMAP}loc").text
        assert address.startswith("http://testserver/")
        found[urlsplit(address).path] = url
    assert len(found) == len(root)
    return found


def test_the_sitemap_has_every_kind_of_page_and_each_answers(client):
    monograph = make_monograph(slug="ketamine")
    monograph.topics.add(Topic.objects.create(name="Anaesthetics", slug="anaesthetics"))
    monograph.publish(by=None, note="First.")
    found = urls(client)
    assert {"/", "/monographs/", "/topics/", "/topics/anaesthetics/", "/monographs/ketamine/"} <= set(found)
    for path in found:
        page = client.get(path)
        assert page.status_code == 200
        assert f'<link rel="canonical" href="http://testserver{path}">' in page.content.decode()


def test_a_monographs_day_is_that_of_its_edition_and_moves_with_a_review(client):
    monograph = make_published(slug="ketamine", public_from=timezone.now() - timedelta(days=9))

    def changed():
        return datetime.fromisoformat(urls(client)["/monographs/ketamine/"].find(f"{SITEMAP}lastmod").text)

    assert changed() == monograph.edition_in_force.public_from
    review = monograph.edition_in_force.record_review(by=make_user(), name="Dr Grey")
    assert changed() == review.at
    make_approved(monograph=monograph)
    assert changed() == review.at


def test_alternates_of_a_monograph_are_its_formats_and_they_answer(client):
    make_published(slug="ketamine")
    links = urls(client)["/monographs/ketamine/"].findall(f"{XHTML}link")
    assert len(links) == 3
    for link in links:
        assert link.get("rel") == "alternate"
        assert client.get(urlsplit(link.get("href")).path)["Content-Type"].startswith(link.get("type"))


def test_what_readers_cannot_see_is_not_in_the_sitemap(client):
    make_monograph(slug="draft")
    make_published(slug="scheduled", public_from=timezone.now() + timedelta(hours=1))
    make_published(slug="withdrawn").edition_in_force.withdraw(by=None, reason="Wrong.")
    review = make_review(monograph=make_published(slug="ketamine"))
    text = client.get("/sitemap.xml").content.decode()
    for words in ("draft", "scheduled", "withdrawn", review.title, f"/reviews/{review.pk}/"):
        assert words not in text


def test_a_large_sitemap_is_an_index_of_parts_that_hold_everything_once(client, monkeypatch):
    pks = [make_published().pk for _number in range(5)]
    monkeypatch.setattr(sitemap, "LARGE", 2)
    root = fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{SITEMAP}sitemapindex"
    parts = [part.find(f"{SITEMAP}loc").text for part in root]
    assert parts == [f"http://testserver/sitemap-{part}.xml" for part in sorted({pk // 2 for pk in pks})]
    assert all(datetime.fromisoformat(part.find(f"{SITEMAP}lastmod").text) for part in root)
    pages = [path for part in parts for path in urls(client, urlsplit(part).path)]
    assert len([path for path in pages if path.startswith("/monographs/med")]) == 5
    assert len(pages) == len(set(pages))


def test_the_index_says_when_a_part_changed_where_that_is_new_and_leaves_out_parts_that_nobody_can_see(
    client, monkeypatch
):
    times = [timezone.now() + timedelta(days=days) for days in (-9, -2, -1, -3, 1)]
    monographs = [make_published(public_from=time) for time in times]
    monographs[3].edition_in_force.withdraw(by=None, reason="Wrong.")
    monkeypatch.setattr(sitemap, "LARGE", 1)
    monkeypatch.setattr(sitemap, "NEWEST", 2)
    root = fromstring(client.get("/sitemap.xml").content)
    days = {part.findtext(f"{SITEMAP}loc"): part.findtext(f"{SITEMAP}lastmod") for part in root}
    shown = {f"http://testserver/sitemap-{each.pk}.xml": time for each, time in zip(monographs, times, strict=True)}
    old, *new = list(shown)[:3]
    assert days == {old: None, **{part: timezone.localtime(shown[part]).isoformat() for part in new}}


@pytest.mark.parametrize("part", [0, 7, 10**6, 10**30])
def test_parts_that_do_not_exist_are_missing(client, part):
    assert client.get(f"/sitemap-{part}.xml").status_code == (200 if part == 0 else 404)


def test_the_sitemap_needs_few_queries_and_is_not_sent_twice(client, django_assert_max_num_queries):
    for _number in range(3):
        make_published()
    with django_assert_max_num_queries(3):
        response = client.get("/sitemap.xml")
    assert client.get("/sitemap.xml", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_robots_txt_leads_to_the_sitemap_and_closes_what_is_for_single_people(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    robots = RobotFileParser()
    robots.parse(response.content.decode().splitlines())
    assert robots.site_maps() == ["http://testserver/sitemap.xml"]
    for path in ("/", "/monographs/ketamine/", "/reviews/policy/", "/reviews/7/", "/monographs/ketamine.json"):
        assert robots.can_fetch("anybot", path)
    for path in ("/admin/", "/reviews/mine/secret/", "/sign-off/secret/", "/search/?q=ketamine"):
        assert not robots.can_fetch("anybot", path)


NOINDEX = '<meta name="robots" content="noindex">'


def sign(monograph):
    sign_off = monograph.send_for_sign_off(by=make_user(), recipient="Dr Grey")
    sign_off.sign(name="M. Grey", credentials="MD", declaration="I have read it.")


def test_by_default_texts_without_a_signature_are_indexed(client):
    make_published(slug="ketamine")
    assert NOINDEX not in client.get("/monographs/ketamine/").content.decode()
    assert not client.get("/monographs/ketamine.json").has_header("X-Robots-Tag")


def test_when_the_setting_says_so_only_signed_texts_are_indexed(client, settings):
    settings.NOINDEX_UNTIL_SIGNED = True
    monograph = make_published(slug="ketamine")
    for address in ("/monographs/ketamine/", "/monographs/ketamine/editions/1/"):
        assert NOINDEX in client.get(address).content.decode()
    assert client.get("/monographs/ketamine.json")["X-Robots-Tag"] == "noindex"
    assert "/monographs/ketamine/" not in urls(client)
    sign(monograph)
    for address in ("/monographs/ketamine/", "/monographs/ketamine/editions/1/"):
        assert NOINDEX not in client.get(address).content.decode()
    assert not client.get("/monographs/ketamine.json").has_header("X-Robots-Tag")
    assert "/monographs/ketamine/" in urls(client)
