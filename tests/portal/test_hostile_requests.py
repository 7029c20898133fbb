"""Whatever comes in at whatever address, the answer is never an error of ours."""

import os
from html.parser import HTMLParser
from urllib.parse import quote, urlencode, urljoin

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from monographs.models import Monograph
from tests.factories import make_published, make_user
from tests.portal.addresses import addresses, make_site

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]

EXAMPLES = int(os.environ.get("HOSTILE_EXAMPLES", "60"))
"""Set it to thousands to search longer."""

NAUGHTY = [
    "", " ", "\x00", "a\x00b", "'", '"', "\\", "%", "%s%n%(x)s", "<script>alert(1)</script>", "{{7*7}}{% debug %}",
    "../../etc/passwd", "-1", "0", "1", "99999999999999999999", "-99999999999999999999", "1e309", "NaN", "Infinity",
    "٣", "１２", "0x10", "1_0", "true", "null", "None", "[]", "{}", '{"a":', "a" * 300, "a" * 20_000, "é" * 300,
    "🙂" * 200, "\r\nSet-Cookie: x=1", "\u202e\u2066", "a\u0300" * 500, "\ufeff", "\uffff", "ﷺ" * 200, "\t\n\x0b\x0c",
    ",", ";", ":", ".", "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "1-1-1", "2026-03", "25:61", "__all__",
    "pk__in", "1,2,3", "body:0:99999999999", "body:-1:3", "1.secret", "1." + "A" * 43, "=", "1:2:3", "|",
    "javascript:alert(1)", "//evil.example",
]  # fmt: skip
QUERIES = """q page before sort stars against place next cursor limit undo perspective reason form content section after
topic letter edition in with""".split()
ADMIN_QUERIES = """q p o place undo next _changelist_filters app_label field_name against after request review section
references show with empty recovery _popup e all _facets""".split()

DISPOSITION = b"--b\r\nContent-Disposition: form-data; "
BODIES = [
    ("multipart/form-data", b"x"),
    ("multipart/form-data; boundary=", b"--"),
    ("multipart/form-data; boundary=b", DISPOSITION + b"name=x\r\n\r\n5"),
    ("multipart/form-data; boundary=b", DISPOSITION + b'name="x"; filename=""\r\n\r\n\r\n--b--'),
    ("multipart/form-data; boundary=b", DISPOSITION + b'name="\x00"\r\n\r\n\xff\r\n--b--'),
    ("application/x-www-form-urlencoded", b"\xff\xfe=%ED%A0%80&=&&&%zz=%00&x[]=1"),
    ("application/x-www-form-urlencoded", b"a=1&" * 12_000),
    ("application/x-www-form-urlencoded", b"x=" + b"a" * 6_000_000),
    ("application/x-www-form-urlencoded; charset=utf-7", b"+AGE-=1"),
    ("application/json", b'{"a": ' * 5000),
    ("text/xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ("", b"\x00" * 100),
    ("x" * 5000, b"x"),
]  # fmt: skip

HEADERS = {
    "accept": ["", "*/*;q=x", "text/html;q=2,,;", "\xff", "application/json", "a/" + "b" * 5000],
    "accept-language": ["xx-yy-zz;q=9", "*" * 500, "\x00"],
    "accept-encoding": ["zstd;q=x, br;;", ",,,,", "gzip;q=-1"],
    "if-none-match": ['"', "W/", "*", '"a", b, "' + "c" * 5000],
    "if-modified-since": ["yesterday", "Mon, 99 Foo 99999 99:99:99 GMT", "Sun, 06 Nov 0001 08:49:37 GMT"],
    "range": ["bytes=-", "bytes=9-1", "bytes=" + "0-1," * 500],
    "referer": ["javascript:", "http://[", "\xff"],
    "origin": ["null", "http://[", "https://evil.example"],
    "x-forwarded-for": ["'", "::" * 200],
    "x-forwarded-proto": ["https", "ftp"],
    "x-request-id": ["\r\n", "a" * 9000],
    "authorization": ["Bearer", "Bearer \xff", "Basic !!!"],
    "user-agent": ["", "\xff" * 500],
    "cookie": [
        "session=x; csrf=y", "session=\x00", 'session="', "a" * 9000, "session=;;=;", "messages=%22",
        "csrf=" + "z" * 32, "session=../../x; csrf=\xff",
    ],
    "host": ["testserver:99999", "testserver.", "[::1", "testserver@evil", "a" * 300, "test_server"],
}  # fmt: skip


@pytest.fixture
def site(settings):
    settings.REVIEWS_PER_HOUR = 1_000_000
    return make_site()


@pytest.fixture
def faults():
    """What went wrong: an entry is (address, what was sent, the error). Empty at the end, or the test fails."""
    found = []
    yield found
    assert not found, "\n".join(
        f"{method} {path[:200]} {sent!r:.300}: {error!r:.300}" for method, path, sent, error in found
    )


def ask(faults, client, method, path, *, sent="", **extra):
    """Send a request and undo what it did; note an error of ours."""
    with transaction.atomic():
        try:
            response = client.generic(method, path, **extra)
            b"".join(response.streaming_content) if response.streaming else response.content
            if response.status_code >= 500:
                faults.append((method, path, sent, response.status_code))
        except Exception as error:
            faults.append((method, path, sent, error))
        transaction.set_rollback(True)


@pytest.fixture
def people():
    """Clients of somebody unknown, and of somebody who may do everything."""
    master = make_user(is_superuser=True, username="master")
    everything = Client()
    everything.force_login(master)
    return [Client(), everything]


def who_comes_in(address, people):
    """The clients to whom an address may answer differently: all of the admin says the same to strangers."""
    return people[1:] if address.route.startswith("admin/") and "login" not in address.name else people


@pytest.mark.long
def test_every_address_takes_arguments_and_queries_of_every_kind(site, people, faults):
    for number, address in enumerate(addresses()):
        right = site(address)
        for client in who_comes_in(address, people):
            ask(faults, client, "GET", address.path(right))
            for name in address.parameters:
                for text in NAUGHTY[number % 8 :: 8]:
                    ask(faults, client, "GET", address.path(right | {name: text or "-"}))
            for place, text in enumerate(NAUGHTY[number % 12 :: 12]):
                # A few together: what comes first would be refused, and the others not be looked at.
                names = (ADMIN_QUERIES if address.route.startswith("admin/") else QUERIES)[place % 4 :: 4]
                query = urlencode([(name, text) for name in names])
                ask(faults, client, "GET", f"{address.path(right)}?{query}", sent=text)
            ask(faults, client, "GET", address.path(right) + "?%ff=%ED%A0%80&a[]=1&&=&%00")


def test_what_has_thousands_of_digits_is_no_number(site, people, faults):
    """Python turns no more than 4,300 digits into one."""
    digits, kind = "9" * 5000, "application/x-www-form-urlencoded"
    master, monograph = people[1], Monograph.objects.get(slug="ketamine")
    back, sign_off, change = (
        reverse(f"admin:monographs_monograph_{name}", args=[monograph.pk]) for name in ("return", "sign_off", "change")
    )
    ask(faults, people[0], "GET", f"/monographs/ketamine/editions/2/changes/?against={digits}")
    ask(faults, people[0], "GET", f"/monographs/ketamine/editions/{digits}/")
    ask(faults, master, "GET", f"{back}?request={digits}")
    ask(faults, master, "POST", sign_off, data=f"revoke={digits}", content_type=kind)
    page = master.get(change).content.decode()
    [fields] = [fields for fields in Forms(page, "").forms.values() if "stamp" in dict(fields)]
    changed = [(name, digits if name.endswith("-position") else value) for name, value in fields]
    # A stamp of an earlier text leads to the page with both texts.
    changed = [(name, "x" if name == "stamp" else value) for name, value in changed]
    ask(faults, master, "POST", change, data=urlencode(changed), content_type=kind)


def test_every_address_takes_bodies_of_every_kind(site, people, faults):
    for number, address in enumerate(addresses()):
        path = address.path(site(address))
        for client in who_comes_in(address, people):
            for content_type, body in BODIES[number % 3 :: 3]:
                ask(
                    faults,
                    client,
                    "POST",
                    path,
                    data=body,
                    content_type=content_type,
                    sent=(content_type[:60], body[:60]),
                )
            for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "BREW"):
                ask(faults, client, method, path)


def test_every_address_takes_headers_of_every_kind(site, people, faults):
    for number, address in enumerate(addresses()):
        path = address.path(site(address))
        for name, values in HEADERS.items():
            value = values[number % len(values)]
            ask(faults, people[number % 2], "GET", path, headers={name: value}, sent=(name, value))


class Forms(HTMLParser):
    """The forms of a page that are posted, as {(where they go, the names of their fields): [(name, value)]}."""

    def __init__(self, page, path):
        super().__init__()
        self.path, self._found = path, []
        self.feed(page)

    @property
    def forms(self):
        posted = [(action, fields) for action, fields in filter(None, self._found) if fields]
        return {(action, tuple(name for name, _value in fields)): fields for action, fields in posted}

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            is_posted = given.get("method", "").lower() == "post"
            self._found.append((urljoin(self.path, given.get("action") or ""), []) if is_posted else None)
        name = given.get("name")
        if not name or not self._found or self._found[-1] is None:
            return
        _action, fields = self._found[-1]
        if tag == "textarea":
            fields.append((name, ""))
        elif tag == "select" or (tag in ("input", "button") and given.get("type") != "radio"):
            fields.append((name, given.get("value") or ""))
        elif tag == "input":
            fields.append((name, given.get("value") or "on"))


def every_form_once(faults, forms):
    """Each as its page sends it but for one field, which is changed, sent twice, or left out."""
    for number, (client, path, fields) in enumerate(forms):
        name, _value = fields[number * 7 % len(fields)]
        others = [pair for pair in fields if pair[0] != name]
        text = NAUGHTY[number * 5 % len(NAUGHTY)]
        body = urlencode(others + [(name, text)] * (number % 3), errors="replace")
        ask(faults, client, "POST", path, data=body, content_type="application/x-www-form-urlencoded", sent=body)


def test_every_form_takes_what_nobody_would_type(site, people, faults):
    """Forms as their pages send them, with fields changed, left out, repeated and made up."""
    found = [{}, {}]
    for address in addresses():
        path = address.path(site(address))
        for known, client in zip(found, people, strict=True):
            with transaction.atomic():
                response = client.get(path, follow=True)
                if response.streaming:
                    b"".join(response.streaming_content)
                elif "text/html" in response.headers.get("Content-Type", ""):
                    last = response.redirect_chain[-1][0] if response.redirect_chain else path
                    known |= Forms(response.content.decode(), last).forms
                transaction.set_rollback(True)
    forms = [
        (client, path, fields)
        for known, client in zip(found, people, strict=True)
        for (path, _names), fields in known.items()
    ]
    assert len(forms) > 60
    every_form_once(faults, forms)
    value = st.one_of(st.sampled_from(NAUGHTY), st.text(max_size=40), st.integers().map(str), st.just(None))

    @given(
        place=st.integers(0, len(forms) - 1),
        changes=st.lists(st.tuples(st.integers(0, 10_000), value), max_size=6),
        repeats=st.integers(1, 2),
        extra=st.lists(st.tuples(st.text(min_size=1, max_size=12), value), max_size=2),
        has_file=st.booleans(),
    )
    @example_settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    def send(place, changes, repeats, extra, has_file):
        client, path, fields = forms[place]
        fields = list(fields)
        for number, changed in changes:
            fields[number % len(fields)] = (fields[number % len(fields)][0], changed)
        pairs = [(name, text) for name, text in fields + extra if text is not None]
        if has_file:
            data = {name: [text for known, text in pairs if known == name] for name, _text in pairs}
            data["image"] = SimpleUploadedFile("a\x00.png", b"\x89PNG\r\n\x1a\n" + b"x" * 50)
            with transaction.atomic():
                try:
                    response = client.post(path, data)
                    if response.status_code >= 500:
                        faults.append(("POST", path, data, response.status_code))
                except (ValueError, UnicodeEncodeError) as error:
                    # The test client itself cannot encode some texts; what it sent raised anything else.
                    if "surrogates" not in str(error):
                        faults.append(("POST", path, data, error))
                transaction.set_rollback(True)
        else:
            body = "&".join(f"{quote(n, errors='replace')}={quote(v, errors='replace')}" for n, v in pairs * repeats)
            kind = "application/x-www-form-urlencoded"
            ask(faults, client, "POST", path, data=body, content_type=kind, sent=body)
        assert not faults, faults[-1]

    send()


@pytest.mark.parametrize("page", ["auth_user_change", "auth_group_delete", "monographs_edition_change"])
def test_a_field_without_a_name_is_refused_like_one_that_does_not_exist(people, page):
    rows = {"user": User.objects.get(), "group": Group.objects.create(), "edition": make_published().edition_in_force}
    address = reverse(f"admin:{page}", args=[rows[page.split("_")[1]].pk])
    for method in (people[1].get, people[1].post):
        for name in ("", "nothing"):
            assert method(address, {"_to_field": name}).status_code == 400
    assert people[1].get(address, {"_to_field": "id"}).status_code == 200


def test_nothing_is_saved_as_a_copy(people):
    [user] = User.objects.all()
    fields = {"username": "copy", "_saveasnew": "1", "date_joined_0": "2026-01-01", "date_joined_1": "12:00"}
    assert people[1].post(reverse("admin:auth_user_change", args=[user.pk]), fields).status_code == 400
    assert User.objects.count() == 1
