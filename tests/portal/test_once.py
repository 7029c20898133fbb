import pytest
from django.urls import set_script_prefix
from django.utils import translation

from tests.factories import make_published

pytestmark = pytest.mark.django_db


def foot(client):
    page = client.get("/monographs/").content.decode()
    return page[page.index("<footer") : page.index("</footer>")]


def test_what_is_made_once_is_made_for_each_language_country_and_place(client, settings):
    make_published()
    here = foot(client)
    assert 'href="/topics/"' in here
    settings.SITE_COUNTRY = "DE"
    assert foot(client) != here
    settings.SITE_COUNTRY = "GB"
    with translation.override("de"):
        assert foot(client) != here
    set_script_prefix("/library/")
    try:
        assert 'href="/library/topics/"' in foot(client)
    finally:
        set_script_prefix("/")
    assert foot(client) == here
