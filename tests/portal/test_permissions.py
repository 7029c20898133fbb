"""Who gets what at every address: the answers stand in permissions.txt, and an address without a line there fails."""

import importlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import clear_url_caches, resolve

import portal.urls
from portal.groups import GROUPS, create_groups
from tests.factories import make_user
from tests.portal.addresses import addresses, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

TABLE = Path(__file__).with_name("permissions.txt")
GROUP_OF = {"editor": "Editors", "publisher": "Publishers", "moderator": "Moderators", "spokesperson": "Spokespeople"}
PEOPLE = ["nobody", "reader", *GROUP_OF, "superuser"]
FORM = "application/x-www-form-urlencoded"


def lines():
    """Return {name of an address: the words of its line}."""
    written = [line.split() for line in TABLE.read_text().splitlines() if line.strip() and not line.startswith("#")]
    found = {words[0]: words[1:] for words in written}
    assert len(found) == len(written), "an address has two lines"
    return found


def make_person(name):
    """Return a client of somebody as they stand in the table."""
    client = Client()
    if name == "nobody":
        return client
    user = make_user(username=name, is_staff=name != "reader", is_superuser=name == "superuser")
    if name in GROUP_OF:
        user.groups.add(Group.objects.get(name=GROUP_OF[name]))
    client.force_login(user)
    return client


WITHOUT_TOKEN = {
    "it carries a signed note of when and where it was opened": [
        "review_new", "review_report", "correction_new", "my_links",
    ],
    "it stores nothing": ["review_check"],
    "it counts for a network, not for somebody logged in, and browsers say when another site sent it": [
        "review_helpful", "page_helpful",
    ],
    "the secret in its address is what it needs": [
        "my_review_confirm", "my_review_check", "my_review_edit", "my_review_appeal",
        "my_review_erase", "my_review_renew", "my_review_withdraw", "sign_off",
    ],
}  # fmt: skip
"""Why some addresses take a POST without Django's token: none of them asks who is logged in."""


def test_every_post_needs_djangos_token_but_for_a_reason():
    exempt = {address.name for address in addresses() if not address.needs_token}
    read_only = {name for name in exempt if {*lines()[name][9:16]} == {"405"}}
    reasons = [name for names in WITHOUT_TOKEN.values() for name in names]
    assert sorted(exempt - read_only) == sorted(reasons)


@pytest.fixture
def site(settings):
    settings.REVIEWS_PER_HOUR = settings.API_PER_MINUTE = 1_000_000
    settings.METRICS_TOKEN, settings.SECURITY_CONTACT = "t" * 40, "mailto:security@example.org"
    create_groups()
    return make_site()


def ask(client, method, path):
    """Return (what the table says of an answer, the name of the address that it leads to); undo what was done."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, path, content_type=FORM)
        transaction.set_rollback(True)
    response.getvalue()  # files are closed when they have been read
    client.cookies.clear()
    client.cookies.update(cookies)
    if not response.has_header("Location"):
        return str(response.status_code), ""
    place = resolve(urlsplit(response["Location"]).path)
    if place.view_name == "admin:login" and "?next=" in response["Location"]:
        return "login", ""
    return str(response.status_code), place.view_name or place.route


@pytest.mark.long
def test_everybody_gets_what_the_table_says_at_every_address(site):
    people = [make_person(name) for name in PEOPLE]
    answers = {}
    for address in addresses():
        path, words, places = address.path(site(address)), [], []
        for method in ("GET", "POST"):
            said, led = zip(*(ask(client, method, path) for client in people), strict=True)
            words += ["|", *said]
            places += [f"{method}→{place}" for place in sorted({*led} - {""})]
        answers[address.name] = words + places
    table = lines()
    assert not table.keys() - answers.keys(), "no address has these lines"
    wrong = [name for name, words in answers.items() if words != table.get(name)]
    assert not wrong, "The table lacks:\n" + "\n".join(f"{name} {' '.join(answers[name])}" for name in wrong)


def test_the_table_has_a_column_for_every_group():
    assert set(GROUP_OF.values()) == set(GROUPS)


def logged_in_before(settings):
    client = make_person("superuser")
    settings.REQUIRE_TOTP = True
    return client


def with_a_password_alone(settings):
    settings.REQUIRE_TOTP = True
    client, user = Client(), make_user(is_superuser=True)
    response = client.post("/admin/login/", {"username": user.username, "password": "pass"})
    assert response["Location"] == "/admin/login/set-up/"
    return client


@pytest.mark.parametrize("begin", [logged_in_before, with_a_password_alone])
def test_staff_without_a_second_step_get_what_nobody_gets(site, settings, begin):
    client, table, pages = begin(settings), lines(), {address.name: address for address in addresses()}
    own = {"admin:login_set_up"} if begin is with_a_password_alone else set()
    of_staff = [name for name, words in table.items() if words[1] != words[7] or words[9] != words[15]]
    assert len(of_staff) > 90
    for name in sorted({*of_staff} - own):
        path, words = pages[name].path(site(pages[name])), table[name]
        assert [ask(client, method, path)[0] for method in ("GET", "POST")] == [words[1], words[9]], name
    assert {ask(client, "GET", pages[name].path({}))[0] for name in own} <= {"200"}


def test_nothing_of_the_admin_stays_where_it_stood_when_its_path_is_another(site, settings):
    before = [address for address in addresses() if address.route.startswith("admin/")]
    client = make_person("superuser")
    settings.ADMIN_PATH = "desk-of-ours"
    try:
        importlib.reload(portal.urls)
        clear_url_caches()
        after = addresses()
        assert sum(address.route.startswith("desk-of-ours/") for address in after) == len(before)
        assert ask(Client(), "GET", "/styleguide/") == ("login", "")
        assert ask(client, "GET", "/desk-of-ours/") == ("200", "")
        for address in before:
            assert ask(client, "GET", address.path(site(address))) == ("404", ""), address
    finally:
        settings.ADMIN_PATH = "admin"
        importlib.reload(portal.urls)
        clear_url_caches()


def test_static_files_are_read_by_everybody_and_changed_by_nobody(settings):
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    create_groups()
    for client in map(make_person, PEOPLE):
        assert [ask(client, method, "/static/css/base.css")[0] for method in ("GET", "POST")] == ["200", "405"]
        assert ask(client, "GET", "/static/../portal/settings.py")[0] == "404"
        assert ask(client, "GET", "/static/")[0] == "404"
