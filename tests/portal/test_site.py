import re

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.test import override_settings
from django.urls import include, path

from reviews.help_lines import COUNTRIES as HELP
from reviews.side_effect_reports import COUNTRIES as SCHEMES
from tests.factories import make_published

pytestmark = pytest.mark.django_db


def broken(request):
    raise RuntimeError("secret detail")


urlpatterns = [path("broken/", broken), path("", include("portal.urls"))]
handler500 = "portal.faults.error_page"


def test_every_time_that_lists_show_says_of_what():
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    assert "decided at" in {field.verbose_name for field in fields}
    assert not [str(field) for field in fields if field.verbose_name == "at"]


def test_a_missing_page_has_the_sites_look_and_says_what_to_do(client):
    response = client.get("/no/such/page/")
    page = response.content.decode()
    assert response.status_code == 404
    assert 'href="/search/' in page or 'action="/search/' in page
    assert not response.cookies


@pytest.mark.parametrize("address", ["/monographs/%00/", "/monographs/a b/", "/monographs/" + "a" * 3000 + "/", "/%ff"])
def test_nonsense_addresses_are_missing_pages_and_never_errors(client, address):
    assert client.get(address).status_code == 404


def test_an_error_shows_a_calm_page_without_its_cause(client, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    response = client.get("/broken/")
    page = response.content.decode()
    assert response.status_code == 500
    assert "<title>" in page
    assert "secret detail" not in page
    assert "Traceback" not in page
    assert f"by which we find it: {response['X-Request-ID']}" in page


@pytest.mark.parametrize(("country", "number"), [("GB", "999"), ("AU", "000"), ("DE", "112"), ("ZZ", None)])
def test_every_page_names_the_emergency_number_of_the_sites_country_and_no_other(client, settings, country, number):
    settings.SITE_COUNTRY = country
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    make_published(slug="ketamine")

    for address in ("/", "/monographs/ketamine/", "/nothing/", "/broken/"):
        page = client.get(address).content.decode()
        assert "In an emergency, call " in page
        assert re.findall("tel:([0-9]+)", page) == ([number] if number else [])


@pytest.mark.parametrize("country", [*HELP, "ZZ"])
def test_every_page_says_where_side_effects_are_reported_in_the_sites_country_and_nowhere_else(
    client, settings, country
):
    settings.SITE_COUNTRY = country
    make_published(slug="ketamine")

    for address in ("/monographs/ketamine/", "/reviews/policy/"):
        page = client.get(address).content.decode()
        assert "our national medicines agency takes reports." in page
        for other, scheme in SCHEMES.items():
            assert (f'report to <a href="{scheme.address}">' in page) == (other == country)


def test_each_country_with_lines_for_a_crisis_has_an_address_for_side_effects():
    assert SCHEMES.keys() == HELP.keys()


def test_healthz_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok\n"


def test_readyz_answers_when_everything_is_ready(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


@override_settings(SECURE_SSL_REDIRECT=True, METRICS_TOKEN="token-of-this-test-only")
def test_machines_ask_a_process_at_its_own_port_without_tls_and_everybody_else_at_the_name_of_the_site(client):
    token = {"authorization": "Bearer token-of-this-test-only"}
    for address in ("/healthz", "/readyz", "/metrics"):
        assert client.get(address, headers={"host": "10.0.0.7:8001", **token}).status_code == 200
        assert client.post(address, headers={"host": "10.0.0.7:8001"}).status_code == 405
    assert client.get("/", headers={"host": "10.0.0.7:8001"}).status_code == 400
    assert client.get("/").status_code == 301


def test_readyz_names_what_is_not_ready(client, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(default_storage._wrapped or default_storage, "exists", fail)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"storage" in response.content


def test_a_disk_that_takes_no_files_is_not_ready(client, settings, monkeypatch):
    monkeypatch.setattr("portal.health.LEAST_ROOM", 0)
    settings.DATA_DIR = "/proc/self"  # like a read-only disk, to root too
    response = client.get("/readyz")
    assert (response.status_code, b"takes no files" in response.content) == (503, True)


def test_the_front_page_with_one_monograph_shows_it_and_the_way_to_others(client):
    make_published(title="Ketamine", slug="ketamine", summary="An anaesthetic.")
    page = client.get("/").content.decode()
    assert "An anaesthetic." in page
    assert 'href="/monographs/ketamine/"' in page
    assert 'name="q"' in page


def test_the_front_page_without_monographs_is_not_an_error(client):
    assert client.get("/").status_code == 200
    assert client.get("/monographs/").status_code == 200
    assert client.get("/topics/").status_code == 200
