"""Previewing and publishing in the admin."""

import re

import pytest
from django.urls import reverse

from monographs.models import Edition
from tests.factories import make_monograph, make_published, make_user
from tests.monographs.admin.form import EDITOR, PUBLISHER, fields_of, messages_of, page_of

pytestmark = pytest.mark.django_db


def test_the_preview_is_the_readers_page_and_is_never_cached(client, editor):
    monograph = make_monograph(title="Ketamine", body="Only a draft.")
    response = client.get(page_of(monograph, "preview"))
    page = response.content.decode()
    assert "Only a draft." in page
    assert "Preview: not published" in page
    assert "no-store" in response["Cache-Control"]
    assert 'name="robots" content="noindex"' in page


def typed(client, monograph, **fields):
    return {**fields_of(client.get(page_of(monograph))), **fields}


def test_what_is_only_typed_is_previewed_as_readers_would_see_it_and_not_stored(client, editor):
    monograph = make_monograph(body="Stored.")
    data = typed(
        client,
        monograph,
        **{
            "title": "Typed title",
            "sections-0-body": "Only **typed**.",
            "sections-TOTAL_FORMS": 6,
            "sections-5-heading": "Typed section",
            "sections-5-kind": "other",
            "sections-5-body": "New.",
            "sections-5-position": 6,
        },
    )
    response = client.post(page_of(monograph, "preview"), data)
    page = response.content.decode()
    assert "Only <strong>typed</strong>." in page
    assert "Typed section" in page
    assert "Typed title" in page
    assert "Preview: not published" in page
    assert "no-store" in response["Cache-Control"]
    monograph.refresh_from_db()
    assert monograph.title != "Typed title"
    assert monograph.sections.count() == 5
    assert monograph.sections.first().body == "Stored."
    assert not monograph.log.exists()


def test_what_cannot_be_previewed_says_what_to_mend(client, editor):
    monograph = make_monograph()
    page = client.post(page_of(monograph, "preview"), typed(client, monograph, title="")).content.decode()
    assert "Mend this first." in page
    assert "Title: This field is required." in page


def test_only_those_who_may_change_preview_what_they_typed(client):
    monograph = make_monograph()
    assert client.post(page_of(monograph, "preview"), {}).status_code == 302
    client.force_login(make_user("monographs.view_monograph"))
    assert client.post(page_of(monograph, "preview"), {}).status_code == 403


def test_the_preview_and_the_published_page_have_the_same_sections(client, publisher):
    monograph = make_monograph(body="### Point\n\n- **One.** Two.[@a-1]\n\n| a | b |\n|---|--:|\n| 1 | 2 |")
    monograph.references.create(key="a-1", authors="A", year=2000, title="T", source="S")
    article = re.compile(r'<article class="article".*?</article>', re.S)
    preview = article.search(client.get(page_of(monograph, "preview")).content.decode())[0]
    monograph.publish(by=publisher, note="First.")
    published = article.search(client.get(monograph.get_absolute_url()).content.decode())[0]
    # Errors are reported in what is published.
    assert re.sub(r'<p class="section-foot">.*?</p>\n', "", published) == preview


def test_the_publish_page_shows_what_will_change_and_publishes(client, publisher):
    monograph = make_published(body="It is safe.")
    monograph.sections.filter(kind="uses").update(body="It is mostly safe.")
    page = client.get(page_of(monograph, "publish")).content.decode()
    assert "What changes against edition 1" in page
    assert "<ins>mostly </ins>" in page
    digest = re.search(r'name="digest" value="(\w{64})"', page)[1]
    response = client.post(
        page_of(monograph, "publish"), {"note": "Said more carefully.", "digest": digest}, follow=True
    )
    assert "Edition 2 is public." in messages_of(response)
    edition = monograph.edition_in_force
    assert (edition.number, edition.note, edition.published_by) == (2, "Said more carefully.", publisher)


def test_the_publish_page_refuses_with_the_list_of_reasons(client, publisher):
    monograph = make_monograph(body="")
    page = client.get(page_of(monograph, "publish")).content.decode()
    assert "It cannot be published yet" in page
    assert "Section “Medical uses”: It has no text." in page
    client.post(page_of(monograph, "publish"), {"note": "Anyway."})
    assert not Edition.objects.exists()


def test_a_text_that_is_published_already_is_no_error(client, publisher):
    page = client.get(page_of(make_published(), "publish")).content.decode()
    assert "There is nothing to publish: nothing has changed since edition 1." in page
    assert "It cannot be published yet" not in page
    assert 'name="note"' not in page


def test_publishing_without_a_note_is_refused_beside_the_field(client, publisher):
    monograph = make_monograph()
    page = client.post(page_of(monograph, "publish"), {"note": " "}).content.decode()
    assert "Say what changed, for the public history." in page
    assert not Edition.objects.exists()


def test_a_text_changed_since_the_page_was_opened_is_shown_again_with_the_note_kept(client, publisher):
    monograph = make_monograph()
    page = client.get(page_of(monograph, "publish")).content.decode()
    digest = re.search(r'name="digest" value="(\w{64})"', page)[1]
    monograph.sections.filter(kind="uses").update(body="Changed meanwhile.")
    response = client.post(page_of(monograph, "publish"), {"note": "My careful note.", "digest": digest})
    page = response.content.decode()
    assert "The text was changed after you looked at it." in page
    assert "My careful note." in page
    assert "Changed meanwhile." in page
    assert re.search(r'name="digest" value="(\w{64})"', page)[1] != digest
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("name", "permissions", "status"),
    [
        ("publish", None, 302),
        ("publish", EDITOR, 403),
        ("publish", PUBLISHER, 200),
        ("preview", None, 302),
        ("preview", [], 403),
        ("preview", EDITOR, 200),
    ],
)
def test_preview_and_publish_are_for_those_who_may(client, name, permissions, status):
    monograph = make_monograph()
    if permissions is not None:
        client.force_login(make_user(*permissions))
    assert client.get(page_of(monograph, name)).status_code == status


@pytest.mark.parametrize("name", ["publish", "preview"])
def test_pages_of_a_monograph_that_does_not_exist_are_404(client, publisher, name):
    assert client.get(reverse(f"admin:monographs_monograph_{name}", args=["999"])).status_code == 404
    assert client.get(reverse(f"admin:monographs_monograph_{name}", args=["nonsense"])).status_code == 404


def test_editions_can_be_looked_at_but_not_added_changed_or_deleted(client):
    client.force_login(make_user(is_superuser=True))
    edition = make_published().edition_in_force
    assert client.get(reverse("admin:monographs_edition_change", args=[edition.pk])).status_code == 200
    assert client.get(reverse("admin:monographs_edition_changelist")).status_code == 200
    assert client.get(reverse("admin:monographs_edition_add")).status_code == 403
    assert client.get(reverse("admin:monographs_edition_delete", args=[edition.pk])).status_code == 403
    assert client.post(reverse("admin:monographs_edition_change", args=[edition.pk]), {"title": "x"}).status_code == 403


def test_a_published_monograph_cannot_be_deleted_in_the_admin(client):
    client.force_login(make_user(is_superuser=True))
    monograph = make_published()
    assert client.post(page_of(monograph, "delete"), {"post": "yes"}).status_code == 403
    assert client.get(page_of(make_monograph(), "delete")).status_code == 200


@pytest.mark.parametrize("most", [0, 1000])
def test_editions_are_found_by_a_part_of_the_titles_or_names_of_their_monographs(admin_client, monkeypatch, most):
    monkeypatch.setattr("monographs.admin.edition.MOST", most)
    ketamine = make_published(title="Ketamine", other_names=["Ketalar"])
    make_published(title="Caffeine")
    for typed, count in [("etam", 1), ("keta lar", 1), ("ine", 2), ("nothing", 0), (" ", 2)]:
        page = admin_client.get(reverse("admin:monographs_edition_changelist"), {"q": typed})
        found = page.context_data["cl"].result_list
        assert len(found) == count
        assert ketamine.edition_in_force in found or not count
