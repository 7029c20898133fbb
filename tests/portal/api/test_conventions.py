"""What every answer below /api/ keeps to."""

import json

import pytest
from django.core.cache import cache

from monographs.models import Monograph
from monographs.open_forms import minute
from tests.portal.api.library import fill
from tests.portal.api.test_answers import ANSWERS, API, KETAMINE, assert_problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _library():
    fill()


def test_every_answer_can_be_read_from_everywhere_and_is_not_sent_twice(client):
    for address in ANSWERS:
        response = client.get(address, headers={"Origin": "https://elsewhere.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert not response.cookies
        assert not response.has_header("Vary")
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address
        assert again["ETag"] == response["ETag"]
        assert again["Access-Control-Allow-Origin"] == "*"
        assert again.has_header("RateLimit")


def test_head_has_the_headers_of_get_and_no_body(client):
    for address in ANSWERS:
        head, get = client.head(address), client.get(address)
        assert (head.status_code, head.content) == (200, b""), address
        for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
            assert head[name] == get[name], (address, name)


def test_nothing_can_be_changed(client):
    client.handler.enforce_csrf_checks = True
    for address in (*ANSWERS, f"{API}/nothing"):
        for method in ("post", "put", "patch", "delete", "trace"):
            response = getattr(client, method)(address)
            assert_problem(response, 405)
            assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_a_browser_may_ask_what_is_allowed(client):
    response = client.options(
        KETAMINE, headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    )
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_a_new_edition_gives_a_new_tag(client):
    etag = client.get(KETAMINE)["ETag"]
    monograph = Monograph.objects.get(slug="ketamine")
    monograph.sections.update(body="Third.")
    monograph.publish(by=None, note="Third.")
    response = client.get(KETAMINE, headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert json.loads(response.content)["edition"] > 2


# The limit


@pytest.fixture
def clock(monkeypatch):
    """Return a list whose only value is the time, at the beginning of a minute."""
    now = [1_800_000_000]
    monkeypatch.setattr(minute.time, "time", lambda: now[0])
    return now


def test_the_limit_counts_down_refuses_and_ends_with_the_minute(client, settings, clock):
    settings.API_PER_MINUTE = 2
    first = client.get(KETAMINE)
    assert first["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert first["RateLimit"] == '"minute";r=1;t=60'
    clock[0] += 20
    assert client.get(KETAMINE)["RateLimit"] == '"minute";r=0;t=40'
    refused = client.get(KETAMINE)
    assert_problem(refused, 429)
    assert refused["Retry-After"] == "40"
    assert refused["RateLimit"] == '"minute";r=0;t=40'
    assert refused["Access-Control-Allow-Origin"] == "*"
    clock[0] += 40
    assert client.get(KETAMINE).status_code == 200


def test_networks_are_counted_apart_and_addresses_of_one_ipv6_network_together(client, settings, clock):
    settings.API_PER_MINUTE = 1

    def status(address):
        return client.get(KETAMINE, REMOTE_ADDR=address).status_code

    assert [status("192.0.2.1"), status("192.0.2.1"), status("192.0.2.2")] == [200, 429, 200]
    assert [status("2001:db8::1"), status("2001:db8::2"), status("2001:db8:0:1::1")] == [200, 429, 200]


def test_no_address_is_kept_in_the_cache(client, settings, clock, monkeypatch):
    keys = []
    monkeypatch.setattr(cache, "add", lambda key, *args, **kwargs: keys.append(key))
    client.get(KETAMINE, REMOTE_ADDR="192.0.2.1")
    assert len(keys) == 1
    assert "192.0.2.1" not in keys[0]


def test_pages_for_people_and_asking_what_is_allowed_are_not_counted(client, settings, clock):
    settings.API_PER_MINUTE = 1
    for _number in range(3):
        assert not client.get("/monographs/ketamine/").has_header("RateLimit")
        assert client.options(KETAMINE).status_code == 204
    assert client.get(KETAMINE).status_code == 200
