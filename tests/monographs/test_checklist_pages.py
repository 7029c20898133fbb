"""The checklist on the pages of the admin: on the form, while somebody writes, and before publishing."""

import re

import pytest
from django.urls import reverse

from monographs.models import Monograph, Picture
from tests.factories import EDITING, make_monograph, make_user
from tests.monographs.admin.form import fields_of

pytestmark = pytest.mark.django_db

LIVE = "/admin/editor/checklist/"


@pytest.fixture
def editor(client):
    client.force_login(user := make_user(*EDITING))
    return user


def form(*sections, **values):
    """A form as the script posts it: rows given as {field: value}, numbered in this order."""
    data = {"title": "Ketamine", "summary": "A medicine.", **values}
    for number, section in enumerate(sections):
        data |= {f"sections-{number}-{name}": value for name, value in section.items()}
    return data


def findings(response):
    return re.findall(r'<a href="([^"]*)"[^>]*>(.*?)(?: <span|</a>)', response.content.decode())


def test_the_form_as_posted_is_looked_at_and_nothing_is_saved(client, editor):
    response = client.post(
        LIVE, form({"heading": "Uses", "body": "It works.[@nobody]\r\n\r\nTake 20 daily."}, title="")
    )
    assert findings(response) == [
        ("#id_title", "The monograph has no title."),
        ("#id_sections-0-body", "Section “Uses”: [@nobody] is cited, but no reference has the key “nobody”."),
        ("#id_sections-0-body", "Section “Uses”: 20 of what? Write the unit, such as mg or tablets."),
    ]
    assert 'data-line="3"' in response.content.decode()
    assert 'data-summary="2 errors, 1 warning"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert not Monograph.objects.exists()


def test_findings_lead_to_the_rows_as_the_form_numbers_them(client, editor):
    first = {"heading": "Later", "body": "See [@b].", "position": "2"}
    second = {"heading": "Sooner", "body": "See [@a].", "position": "1"}
    gone = {"heading": "Gone", "body": "", "position": "3", "DELETE": "on"}
    blank = {"kind": "other", "position": "1"}
    assert [address for address, _words in findings(client.post(LIVE, form(first, second, gone, blank)))] == [
        "#id_sections-1-body",
        "#id_sections-0-body",
    ]


def test_references_are_looked_at_with_the_dates_as_people_type_them(client, editor):
    rows = {"references-4-key": "a", "references-4-pmid": "1", "references-4-checked_on": "1 January 2001"}
    found = findings(client.post(LIVE, form({"heading": "Uses", "body": "It works.[@a]"}, **rows)))
    assert [address for address, _words in found] == ["#id_references-4-checked_on"]
    rows["references-4-checked_on"] = "01/01/2001"
    found = findings(client.post(LIVE, form({"heading": "Uses", "body": "It works.[@a]"}, **rows)))
    assert "last checked on 1 January 2001" in found[0][1]


def test_a_lead_picture_that_waits_to_be_uploaded_needs_words(client, editor):
    section = {"heading": "Uses", "body": "It works."}
    picture = Picture.objects.create(file="pictures/0.png", digest="0", width=1, height=1)
    for values in ({"lead_picture_upload": "new.png"}, {"lead_picture": str(picture.pk)}):
        assert findings(client.post(LIVE, form(section, **values)))[0][0] == "#id_lead_picture_alt"
        assert findings(client.post(LIVE, form(section, **values, lead_picture_alt="A ring"))) == []
    assert findings(client.post(LIVE, form(section, lead_picture=str(picture.pk), lead_picture_remove="on"))) == []


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 30, "\x00", "٣"])
def test_a_form_that_is_not_whole_is_looked_at_all_the_same(client, editor, value):
    data = form({"heading": value, "body": value, "position": value}, lead_picture=value, title=value)
    data |= {"references-0-checked_on": value, "references-0-doi": value, "references-99999-key": value, value: value}
    assert client.post(LIVE, data).status_code == 200
    assert client.post(LIVE).status_code == 200


def test_what_is_typed_is_escaped(client, editor):
    page = client.post(LIVE, form({"heading": "<b>", "body": "Take 20 daily <script>."})).content.decode()
    assert "<b>" not in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("permissions", "status"),
    [(None, 403), (["monographs.view_monograph"], 403), (["monographs.change_monograph"], 200)],
)
def test_the_live_checklist_is_for_those_who_may_write(client, permissions, status):
    if permissions is not None:
        client.force_login(make_user(*permissions))
    response = client.post(LIVE, form())
    assert response.status_code == status
    assert ("checklist-found" in response.content.decode()) == (status == 200)
    assert client.get(LIVE).status_code == 405


def test_the_form_shows_the_checklist_of_what_is_saved(client, editor):
    monograph = make_monograph()
    monograph.sections.filter(kind="effects").update(body="")
    page = client.get(reverse("admin:monographs_monograph_change", args=[monograph.pk])).content.decode()
    assert '<a href="#id_sections-3-body">Section “Side effects”: It has no text.' in page
    assert '<span class="checklist-summary">1 error</span>' in page


def test_a_form_that_is_refused_shows_the_checklist_of_what_was_typed(client, editor):
    address = reverse("admin:monographs_monograph_change", args=[make_monograph().pk])
    data = {**fields_of(client.get(address)), "title": "", "sections-0-body": "Take 20 daily."}
    found = findings(client.post(address, data))
    assert [address for address, _words in found if address.startswith("#id_")] == ["#id_title", "#id_sections-0-body"]


def test_somebody_who_may_only_look_gets_no_checklist(client):
    client.force_login(make_user("monographs.view_monograph"))
    page = client.get(reverse("admin:monographs_monograph_change", args=[make_monograph().pk])).content.decode()
    assert "checklist-found" not in page


def test_the_publish_page_shows_errors_and_warnings_apart_and_once(client):
    client.force_login(make_user(is_superuser=True))
    monograph = make_monograph(body="It works.[@nobody]")
    monograph.sections.filter(kind="uses").update(body="Take 20 daily.")
    page = client.get(reverse("admin:monographs_monograph_publish", args=[monograph.pk])).content.decode()
    errors, _heading, warnings = page.partition("Worth a look")
    assert "To mend before it can be published" in errors
    assert "20 of what?" in warnings
    address = reverse("admin:monographs_monograph_change", args=[monograph.pk])
    assert f'<a href="{address}#id_sections-0-body" data-line="1">' in warnings
    assert page.count("Section “Side effects”: [@nobody] is cited") == 1


def test_warnings_do_not_keep_a_text_from_being_published():
    monograph = make_monograph(body="Take 20 daily.[citation needed] See https://example.org/x.")
    assert monograph.publish(by=None, note="First.").number == 1
