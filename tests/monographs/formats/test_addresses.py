"""The addresses of formats: what is public, what was withdrawn or moved, and what programs of other sites may do."""

from datetime import timedelta

import pytest
from django.utils import timezone

from monographs.formats import FORMATS
from tests.factories import make_monograph, make_published

pytestmark = pytest.mark.django_db

IN_FORCE = [f"/monographs/ketamine.{ending}" for ending in FORMATS]
OF_EDITION = [f"/monographs/ketamine/editions/1.{ending}" for ending in FORMATS]


def publish_ketamine(**kwargs):
    return make_published(title="Ketamine", slug="ketamine", **kwargs)


def publish_again(monograph, body="New words.", **kwargs):
    monograph.sections.update(body=body)
    return monograph.publish(by=None, note="Second.", **kwargs)


@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_has_its_media_type_and_a_file_name(client, ending):
    publish_ketamine()
    response = client.get(f"/monographs/ketamine/editions/1.{ending}")
    assert response.status_code == 200
    assert response["Content-Type"] == FORMATS[ending].media_type
    assert f'filename="ketamine-edition-1.{ending}"' in response["Content-Disposition"]
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize("ending", FORMATS)
def test_without_a_number_the_edition_in_force_is_answered(client, ending):
    monograph = publish_ketamine()
    before = client.get(f"/monographs/ketamine.{ending}").content
    publish_again(monograph)
    after = client.get(f"/monographs/ketamine.{ending}").content
    assert after != before
    assert after == client.get(f"/monographs/ketamine/editions/2.{ending}").content
    assert before == client.get(f"/monographs/ketamine/editions/1.{ending}").content


@pytest.mark.parametrize("address", [*IN_FORCE, *OF_EDITION])
def test_what_is_not_published_or_scheduled_is_missing(client, address):
    monograph = make_monograph(slug="ketamine")
    assert client.get(address).status_code == 404
    edition = monograph.publish(by=None, note="First.", public_from=timezone.now() + timedelta(hours=1))
    response = client.get(address)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    edition.withdraw(by=None, reason="A mistake nobody shall read about.")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [*IN_FORCE, *OF_EDITION])
def test_a_withdrawn_edition_is_gone_and_says_why(client, address):
    monograph = publish_ketamine(body="Wrong dose.")
    monograph.editions.get().withdraw(by=None, reason="The dose was wrong.")
    response = client.get(address)
    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert (problem["status"], problem["title"], problem["detail"]) == (410, "Gone", "The dose was wrong.")
    assert problem["instance"] == "http://testserver/monographs/ketamine/editions/1/"
    assert "Wrong dose" not in response.content.decode()


def test_when_the_newest_is_withdrawn_no_older_text_comes_back_but_its_own_address_stays(client):
    monograph = publish_ketamine()
    publish_again(monograph).withdraw(by=None, reason="Wrong.")
    assert client.get("/monographs/ketamine.json").status_code == 410
    assert client.get("/monographs/ketamine/editions/1.json").json()["number"] == 1


@pytest.mark.parametrize("ending", FORMATS)
def test_former_addresses_lead_to_the_present_ones(client, ending):
    monograph = publish_ketamine()
    monograph.slug = "esketamine"
    monograph.save()
    for end in (f"ketamine.{ending}", f"ketamine/editions/1.{ending}?x=1"):
        response = client.get(f"/monographs/{end}")
        assert response.status_code == 301
        assert response["Location"] == f"/monographs/es{end}"
        assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get("/monographs/ketamine/editions/1/cite/")["Location"] == "/monographs/esketamine/editions/1/cite/"


@pytest.mark.parametrize("ending", FORMATS)
def test_what_is_unchanged_is_answered_with_304_and_without_its_text(client, ending, django_assert_num_queries):
    monograph = publish_ketamine()
    address = f"/monographs/ketamine.{ending}"
    etag = client.get(address)["ETag"]
    with django_assert_num_queries(1):
        again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    publish_again(monograph)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_a_new_address_or_a_signature_gives_a_new_tag(client, settings):
    monograph = publish_ketamine()
    tags = [client.get("/monographs/ketamine.json")["ETag"]]
    monograph.slug = "esketamine"
    monograph.save()
    tags.append(client.get("/monographs/esketamine.json")["ETag"])
    settings.SITE_NAME = "Another name"
    tags.append(client.get("/monographs/esketamine.json")["ETag"])
    monograph.review_interval = 7
    monograph.save()
    tags.append(client.get("/monographs/esketamine.json")["ETag"])
    assert len(set(tags)) == 4


@pytest.mark.parametrize("ending", FORMATS)
def test_a_format_needs_a_bounded_number_of_queries_and_one_when_it_is_kept(
    client, ending, django_assert_max_num_queries, django_assert_num_queries
):
    publish_ketamine()
    with django_assert_max_num_queries(3):
        client.get(f"/monographs/ketamine.{ending}")
    with django_assert_num_queries(1):
        client.get(f"/monographs/ketamine.{ending}")


def test_pages_of_other_sites_may_read_and_nobody_may_write(client):
    publish_ketamine()
    response = client.get("/monographs/ketamine.json", headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.has_header("Vary")
    assert not response.cookies
    asked = client.options(
        "/monographs/ketamine.json",
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"},
    )
    assert asked.status_code == 204
    assert "GET" in asked["Access-Control-Allow-Methods"]
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]
    refused = client.post("/monographs/ketamine.json")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert refused["Content-Type"] == "application/problem+json"


def test_head_has_the_headers_of_get_and_no_body(client):
    publish_ketamine()
    head, get = client.head("/monographs/ketamine.json"), client.get("/monographs/ketamine.json")
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]


def test_each_says_where_the_page_and_the_newest_edition_are(client):
    publish_ketamine()
    link = client.get("/monographs/ketamine/editions/1.json")["Link"]
    assert '<http://testserver/monographs/ketamine/>; rel="canonical"' in link
    assert '<http://testserver/monographs/ketamine.json>; rel="latest-version"' in link
    assert '<http://testserver/schemas/edition.json>; rel="describedby"' in link


@pytest.mark.parametrize(
    "address",
    [
        "/monographs/ketamine.xml",
        "/monographs/ketamine.",
        "/monographs/ketamine.json/",
        "/monographs/ketamine/editions/0.json",
        "/monographs/ketamine/editions/2.json",
        "/monographs/ketamine/editions/99999999999999999999999999.json",
        "/monographs/ketamine/editions/-1.json",
        "/monographs/ketamine/editions/1.JSON",
        "/monographs/%00.json",
        "/monographs/ketamine/editions/99999999999999999999999999/cite/",
        "/monographs/" + "a" * 3000 + ".md",
    ],
)
def test_nonsense_addresses_are_missing_and_never_errors(client, address):
    publish_ketamine()
    assert client.get(address).status_code == 404
