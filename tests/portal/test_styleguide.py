"""The style guide is for staff, and shows what is there."""

import re

import pytest

from portal.paths import BASE_DIR
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ADDRESS = "/styleguide/"
TOKEN = re.compile(r"^  --([\w-]+): (?:#|rgb)", re.MULTILINE)


def test_only_staff_see_it(client):
    assert client.get(ADDRESS).status_code == 302
    client.force_login(make_user(is_staff=False))
    assert client.get(ADDRESS).status_code == 302
    client.force_login(make_user())
    assert client.get(ADDRESS).status_code == 200


def test_it_shows_every_colour_and_every_part_of_the_text(client):
    client.force_login(make_user())
    page = client.get(ADDRESS).content.decode()
    colours = set(TOKEN.findall((BASE_DIR / "static" / "css" / "base.css").read_text())) - {"shade"}
    assert colours == set(re.findall(r"</svg>--([\w-]+)</li>", page))
    for part in ("box-urgent", "box-note", 'class="table"', 'class="chart"', 'class="plot"', "<abbr", "cite needed"):
        assert part in page
