"""Saves at the same moment, what a conflict shows, and where a save leads."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from monographs.models import Monograph
from tests.factories import make_monograph, make_published
from tests.monographs.conflicts.editors import Editor, bodies, is_refused
from tests.races import at_once

pytestmark = pytest.mark.django_db


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_exactly_one_wins_and_the_other_gets_its_text_back():
    monograph = make_monograph(title="Ketamine", body="Old text.")
    ada, bob = Editor(monograph, username="ada"), Editor(monograph, username="bob")
    for turn in range(5):
        ada.open()
        bob.open()
        texts = {ada: f"Ada’s text {turn}.", bob: f"Bob’s text {turn}."}

        pages = at_once(
            *[lambda one=one, text=text: one.save(**{"sections-0-body": text}) for one, text in texts.items()]
        )

        assert sorted(map(is_refused, pages)) == [False, True], pages
        [loser] = [one for one in texts if is_refused(one.page)]
        [winner] = [one for one in texts if one is not loser]
        assert bodies(monograph)[0] == texts[winner]
        assert loser.form["sections-0-body"] == texts[loser]
        assert f"{winner.user} saved this text" in loser.page


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_save_different_sections_at_once_lose_neither():
    monograph = make_monograph(title="Ketamine", body="Old text.")
    ada, bob = Editor(monograph, username="ada"), Editor(monograph, username="bob")

    at_once(
        lambda: ada.save(**{"sections-0-body": "Ada’s text."}),
        lambda: bob.save(**{"sections-1-body": "Bob’s text."}),
    )
    for one in (ada, bob):
        if is_refused(one.page):
            one.save()

    assert bodies(monograph)[:2] == ["Ada’s text.", "Bob’s text."]


def test_a_conflict_shows_what_was_opened_and_what_each_made_of_it_where_the_browser_tells(monograph):
    ada, bob = Editor(monograph, username="ada2"), Editor(monograph, username="bob2")
    body = ada.row(monograph.sections.first().pk) + "body"
    ada.save(**{body: "Old words."})

    page = bob.save(**{body: "New text.", "opened_text": "Old text."})

    assert "As you opened it" in page
    assert 'aria-label="As you opened it">Old text.</div>' in page
    assert "Old <del>text</del><ins>words</ins>." in page
    assert "<del>Old</del><ins>New</ins> text." in page


def test_a_text_that_was_not_opened_is_not_shown_as_if_it_had_been(monograph):
    ada, bob = Editor(monograph, username="ada2"), Editor(monograph, username="bob2")
    body = ada.row(monograph.sections.first().pk) + "body"
    ada.save(**{body: "Old words."})

    page = bob.save(**{body: "New text.", "opened_text": "Made up <script>."})

    assert "Changed by both of you" in page
    assert "As you opened it" not in page
    assert "Made up" not in page


def test_the_preview_of_a_text_whose_section_was_removed_meanwhile_says_so(monograph):
    ada, bob = Editor(monograph, username="ada2"), Editor(monograph, username="bob2")
    section = monograph.sections.first()
    ada.save(**{ada.row(section.pk) + "DELETE": "on"})

    address = reverse("admin:monographs_monograph_preview", args=[monograph.pk])
    page = bob.client.post(address, {**bob.form, bob.row(section.pk) + "body": "Typed."}).content.decode()

    assert f"Somebody has removed the section “{section.heading}” since you opened the form." in page
    assert "Select a valid choice" not in page
    assert "Typed." in bob.save(**{bob.row(section.pk) + "body": "Typed."})


def test_a_section_is_added_without_script_by_saving(monograph):
    ada = Editor(monograph, username="ada2")
    ada._read(
        ada.client.post(ada.address, {**ada.form, "title": "Ketamine HCl", "_empty_row": "sections"}, follow=True)
    )
    monograph.refresh_from_db()
    assert monograph.title == "Ketamine HCl"
    assert ada.form["sections-5-heading"] == ""

    ada.save(**{"sections-5-heading": "History", "sections-5-body": "It is old.", "sections-5-position": "6"})

    assert [section.heading for section in monograph.sections.all()][-1] == "History"
    assert "sections-6-heading" not in ada.form
    assert "facts-2-label" not in ada.form


def test_saving_leads_on_to_the_publish_page_for_those_who_publish_and_nobody_else(monograph):
    ada = Editor(monograph, username="ada2")
    body = ada.row(monograph.sections.first().pk) + "body"
    assert "Save and publish" not in ada.page
    response = ada.client.post(ada.address, {**ada.form, body: "By ada.", "_publish": "1"})
    assert not response.url.startswith(reverse("admin:monographs_monograph_publish", args=[monograph.pk]))

    paul = Editor(monograph, username="paul")
    paul.user.user_permissions.add(Permission.objects.get(codename="publish_monograph"))
    paul.open()
    assert "Save and publish…" in paul.page
    paul._read(paul.client.post(paul.address, {**paul.form, body: "By paul.", "_publish": "1"}, follow=True))

    assert "What readers will see for the first time" in paul.page
    assert "By paul." in paul.page


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_text_that_is_published_while_it_is_saved_is_the_one_before_or_the_one_after_as_a_whole():
    for number in range(3):
        monograph = make_published(title=f"Ketamine {number}", body="First text.")
        monograph.sections.update(body="Old text.")
        ada = Editor(monograph, username=f"ada{number}")
        rows = {ada.row(section.pk) + "body": "New text." for section in monograph.sections.all()}

        edition, _saved = at_once(
            lambda m=monograph: Monograph.objects.get(pk=m.pk).publish(by=None, note="Second."),
            lambda ada=ada, rows=rows: ada.save(**rows),
        )

        texts = {section["source"] for section in edition.sections}
        assert texts in ({"Old text."}, {"New text."})
        assert set(monograph.sections.values_list("body", flat=True)) == {"New text."}
        monograph.refresh_from_db()
        assert monograph.has_changes == monograph.has_unpublished_changes == (texts == {"Old text."})
