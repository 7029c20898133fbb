"""A site in German is German on every page and in every letter, and stays readable for machines."""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.template.loader import render_to_string

from monographs import mail as editors_mail
from tests.factories import make_correction, make_monograph, make_published, make_user
from tests.factories_reviews import ANSWERS, make_approved, make_review, send_review
from tests.portal.addresses import addresses, make_site
from tests.portal.template_texts import shown_in
from tests.reviews.occasions import OCCASIONS, arrive

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(r"\b(the|and|of|this|that|with|your|you|from|are|is|for|by|have|been|to)\b", re.IGNORECASE)
"""Words that no German sentence has."""

WRITTEN = re.compile(
    r"A medicine for tests\.|Helped when nothing else had|The first two weeks were strange\.|Editors of drugs|"
    r"Thank you\.|After the fourth session I slept through the night\.|The dose is ten times too high\.|CC BY|"
    r"\| Can \w+ .*|Whether the user will be able to .*|If disabled, the current password for this user will be lost\."
)
"""What people wrote, in their language; names of licences; and what Django keeps or shows in English only: the names of
permissions, and two sentences about passwords."""


@pytest.fixture(autouse=True)
def _german(settings):
    settings.LANGUAGE_CODE = "de"


def english_in(html):
    return not_german(shown_in(html))


def not_german(texts):
    return [text for text in texts if ENGLISH.search(WRITTEN.sub("", text))]


def test_every_page_is_german(client):
    arguments = make_site()
    client.force_login(make_user(is_superuser=True, username="anna"))
    faults, pages = [], {}
    for address in addresses():
        path = address.path(arguments(address))
        response = client.get(path)
        if response.streaming:
            b"".join(response.streaming_content)  # a picture, whose file is closed at its end
        elif response.status_code == 200 and "text/html" in response.headers["Content-Type"]:
            # What Django shows of a password's hash begins with any letters, "is" among them.
            pages[path] = re.sub(r"\w+\*{6,}", "", response.content.decode())
    for path, html in pages.items():
        faults += [f"{path}: {text!r}" for text in english_in(html)]
        if "<html" in html and '<html lang="de"' not in html:
            faults.append(f"{path}: another language")
    assert len(pages) > 80
    assert not faults, "\n".join(sorted(set(faults)))


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html", "refused.html"])
def test_answers_made_without_a_request_are_german(name):
    html = render_to_string(name)
    assert '<html lang="de">' in html
    assert english_in(html) == []


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_every_letter_about_a_review_is_german(occasion):
    OCCASIONS[occasion][0]()
    for letter in arrive():
        html = letter.alternatives[0].content
        assert not_german([letter.subject, *letter.body.splitlines(), *shown_in(html)]) == []
        assert '<html lang="de"' in html


def test_every_letter_to_those_who_write_and_decide_is_german():
    publisher = make_user("monographs.publish_monograph", "reviews.moderate_review", email="grace@example.org")
    monograph = make_monograph(title="Ketamin", body="Ein Text.")
    asked = monograph.ask_for_publication(by=make_user(email="ada@example.org"), note="Bitte.")
    sign_off = monograph.send_for_sign_off(by=publisher, recipient="Dr. Ada")
    correction = make_correction(email="leser@example.org", text="Die Dosis ist falsch.")
    make_review()
    editors_mail.send_request(asked)
    editors_mail.send_return(asked)
    editors_mail.send_link(sign_off, "dr@example.org")
    editors_mail.send_answer(sign_off)
    editors_mail.send_correction_answer(correction)
    call_command("send_digests")
    assert len(mail.outbox) == 7
    for letter in mail.outbox:
        assert not_german([letter.subject, *letter.body.splitlines()]) == []


def test_numbers_have_a_comma_for_people_and_a_point_for_machines(client):
    monograph = make_published(slug="ketamin", title="Ketamin")
    for rating in (5, 5, 5, 5, 4, 4):
        make_approved(monograph=monograph, rating=rating)
    page = client.get("/monographs/ketamin/").content.decode()
    assert "<b>4,7</b> von 5" in page
    for_machines = "".join(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page))
    assert '"ratingValue":4.7' in for_machines.replace(" ", "")
    assert '"inLanguage":"de"' in for_machines.replace(" ", "")
    assert client.get("/api/v1/monographs/ketamin").json()["reviews"]["average"] == 4.67


def test_every_format_for_machines_names_the_language(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    make_published(slug="ketamin", title="Ketamin")
    assert client.get("/monographs/ketamin.json").json()["language"] == "de"
    bundle = client.get("/monographs/ketamin.fhir.json").json()
    assert {entry["resource"].get("language", "de") for entry in bundle["entry"]} | {bundle["language"]} == {"de"}
    assert 'xml:lang="de"' in client.get("/feeds/editions.atom").content.decode()
    assert "Preferred-Languages: de" in client.get("/.well-known/security.txt").content.decode()


def test_dates_are_written_as_germans_write_them(client):
    make_published(slug="ketamin", title="Ketamin")
    page = client.get("/monographs/ketamin/").content.decode()
    assert re.search(
        r">\d{1,2}\. (Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember) \d{4}<", page
    )
    assert re.search(r'datetime="\d{4}-\d\d-\d\d"', page)


def test_a_review_that_lacks_something_comes_back_with_german_errors(client):
    monograph = make_published()
    response = send_review(client, monograph, rating=None, title="", consent=None)
    page = response.content.decode()
    assert "Wählen Sie ein bis fünf Sterne." in page
    assert ANSWERS["author_name"] in page
    assert english_in(page) == []
