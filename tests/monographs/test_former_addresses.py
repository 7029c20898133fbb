import pytest

from monographs.models import FormerSlug
from tests.factories import make_published

pytestmark = pytest.mark.django_db


def move(monograph, *slugs):
    for slug in slugs:
        monograph.slug = slug
        monograph.save()


@pytest.mark.parametrize(
    "rest", ["", "editions/", "editions/1/", "editions/1/changes/", "reviews/", "reviews/new/", "editions/?x=%C3%A9"]
)
def test_every_address_of_a_monograph_that_moved_leads_on_for_ever(client, rest):
    move(make_published(slug="a"), "b", "c")
    for old in ("a", "b"):
        response = client.get(f"/monographs/{old}/{rest}")
        assert (response.status_code, response["Location"]) == (301, f"/monographs/c/{rest}")
        assert not response.cookies
    assert client.get(f"/monographs/c/{rest}").status_code == 200


def test_moving_back_ends_the_detour(client):
    move(make_published(slug="a"), "b", "a")
    assert client.get("/monographs/a/").status_code == 200
    assert client.get("/monographs/b/")["Location"] == "/monographs/a/"
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["b"]


def test_what_is_missing_under_the_new_address_is_missing(client):
    move(make_published(slug="a"), "b")
    assert client.get("/monographs/b/editions/9/").status_code == 404
    assert client.get("/monographs/never/").status_code == 404
    assert client.get("/monographs/a/editions/9/", follow=True).status_code == 404
