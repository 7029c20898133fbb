"""Editors change the working copy in the admin."""

import re

import pytest
from django.urls import reverse

from monographs.models import Monograph
from tests.factories import make_monograph, make_published
from tests.monographs.admin.form import change, messages_of, page_of

pytestmark = pytest.mark.django_db


def test_a_new_monograph_leads_to_its_five_sections(client, editor):
    response = client.post(
        reverse("admin:monographs_monograph_add"), {"title": "Ketamine", "slug": "ketamine"}, follow=True
    )
    monograph = Monograph.objects.get(slug="ketamine")
    assert response.redirect_chain[-1][0] == page_of(monograph)
    headings = re.findall(r'name="sections-\d-heading" value="([^"]+)"', response.content.decode())
    assert headings == [
        "Medical uses",
        "Mechanism of action",
        "Forms and administration",
        "Side effects",
        "Emerging research",
    ]


def test_an_address_that_exists_is_refused_with_everything_typed_kept(client, editor):
    make_monograph(slug="ketamine")
    response = client.post(
        reverse("admin:monographs_monograph_add"),
        {"title": "Esketamine", "slug": "ketamine", "summary": "Typed with care."},
    )
    page = response.content.decode()
    assert "Another monograph has this address. Choose a different one." in page
    assert "Typed with care." in page
    assert Monograph.objects.count() == 1


def test_saving_changes_only_the_working_copy_and_says_so(client, editor):
    monograph = make_published(body="Old text.")
    response = change(client, monograph, **{"sections-0-body": "New text."})
    assert "Only the working copy is saved. Readers still see edition 1." in messages_of(response)
    assert page_of(monograph, "preview") in messages_of(response)
    assert monograph.sections.first().body == "New text."
    assert monograph.edition_in_force.sections[0]["source"] == "Old text."
    monograph.refresh_from_db()
    assert monograph.changed_by == editor


def test_saving_lists_what_stands_in_the_way_of_publishing(client, editor):
    monograph = make_monograph()
    response = change(client, monograph, **{"sections-3-body": "It helps.[@nobody]"})
    assert "Section “Side effects”: [@nobody] is cited" in messages_of(response)


def test_a_wrong_code_is_refused_with_everything_typed_kept(client, editor):
    monograph = make_monograph()
    response = change(
        client,
        monograph,
        **{
            "identifiers-TOTAL_FORMS": 1,
            "identifiers-0-register": "CAS",
            "identifiers-0-value": "6740-88-2",
            "identifiers-0-position": 1,
            "sections-0-body": "Typed with care.",
        },
    )
    page = response.content.decode()
    assert "6740-88 should end in 1" in page
    assert "Typed with care." in page
    assert monograph.sections.first().body != "Typed with care."


def test_a_table_with_ten_thousand_columns_is_refused_beside_its_section(client, editor):
    monograph = make_monograph()
    table = "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n"
    response = change(client, monograph, **{"sections-1-body": table})
    assert "A table can have 20." in response.content.decode()
    assert table.strip()[:200] in response.content.decode()


def test_sections_are_added_removed_and_reordered(client, editor):
    monograph = make_monograph()
    change(
        client,
        monograph,
        **{
            "sections-TOTAL_FORMS": 6,
            "sections-0-position": 5,
            "sections-4-position": 1,
            "sections-2-DELETE": "on",
            "sections-5-heading": "History",
            "sections-5-kind": "other",
            "sections-5-body": "Long ago.",
            "sections-5-position": 6,
        },
    )
    assert [section.heading for section in monograph.sections.all()] == [
        "Emerging research",
        "Mechanism of action",
        "Side effects",
        "Medical uses",
        "History",
    ]


def test_an_address_that_another_monograph_had_is_refused_with_the_reason(client, editor):
    moved = make_published(title="Moved", slug="moved")
    moved.slug = "moved-on"
    moved.save()
    monograph = make_monograph(slug="mine")
    page = change(client, monograph, slug="moved").content.decode()
    assert "“Moved” had this address before" in page
    monograph.refresh_from_db()
    assert monograph.slug == "mine"


def test_the_list_shows_which_monographs_have_unpublished_changes(client, editor):
    make_monograph(title="Draftol")
    make_published(title="Samol")
    changed = make_published(title="Changol")
    changed.edition_in_force.withdraw(by=None, reason="Wrong.")
    rows = re.findall(
        r"<tr>.*?</tr>", client.get(reverse("admin:monographs_monograph_changelist")).content.decode(), re.S
    )
    states = {name: row for name in ("Draftol", "Samol", "Changol") for row in rows if name in row}
    assert "never published" in states["Draftol"]
    assert "as in edition 1" in states["Samol"]
    assert "has unpublished changes" in states["Changol"]


def test_the_list_costs_the_same_with_twenty_monographs(client, editor, django_assert_max_num_queries):
    for _ in range(20):
        make_published()
    with django_assert_max_num_queries(14):
        client.get(reverse("admin:monographs_monograph_changelist"))
