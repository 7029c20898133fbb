"""The second of two saves: refused with who saved what, and nothing typed is lost."""

import re

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from monographs.models import Editing, LogEntry, Monograph, Topic
from tests.factories import make_published, make_user
from tests.monographs.conflicts.editors import Editor, bodies, comparison, is_refused

pytestmark = pytest.mark.django_db


def test_the_second_save_is_refused_with_who_saved_what_and_when_and_keeps_the_text(monograph, ada, bob):
    assert not is_refused(ada.save(**{"sections-0-body": "Ada’s text.", "summary": "Ada’s summary."}))
    page = bob.save(**{"sections-0-body": "Bob’s text."})
    assert is_refused(page)
    assert re.search(r"Ada Lovelace saved this text on \d+ \w+ \d{4} at \d\d:\d\d UTC, after you had opened it", page)
    assert bob.form["sections-0-body"] == "Bob’s text."
    assert "Section “Medical uses”, text" in comparison(page)
    assert "<del>Ada</del><ins>Bob</ins>’s text." in comparison(page)
    assert bodies(monograph)[0] == "Ada’s text."


def test_what_only_the_other_changed_is_in_the_form_that_comes_back(monograph, ada, bob):
    ada.save(**{"summary": "Ada’s summary.", "sections-1-body": "Ada’s text.", "facts-0-value": "Ada’s"})
    page = bob.save(**{"sections-0-body": "Bob’s text."})
    assert bob.form["summary"] == "Ada’s summary."
    assert bob.form["sections-1-body"] == "Ada’s text."
    assert bob.form["facts-0-value"] == "Ada’s"
    taken = re.search(r"<ul>.*?</ul>", comparison(page), re.S)[0]
    assert re.findall("<li>(.*?)</li>", taken) == [
        "Summary",
        "Section “Mechanism of action”, text",
        "Key fact “Class”, value",
    ]


def test_saving_again_after_looking_goes_through_with_the_work_of_both(monograph, ada, bob):
    ada.save(**{"sections-0-body": "Ada’s text.", "sections-1-body": "Ada’s text."})
    bob.save(**{"sections-0-body": "Bob’s text.", "sections-2-body": "Bob’s text."})
    assert not is_refused(bob.save())
    assert bodies(monograph)[:3] == ["Bob’s text.", "Ada’s text.", "Bob’s text."]
    monograph.refresh_from_db()
    assert monograph.changed_by == bob.user


def test_a_third_save_in_between_is_a_conflict_again(monograph, ada, bob):
    ada.save(**{"sections-0-body": "Ada’s text."})
    bob.save(**{"sections-0-body": "Bob’s text."})
    ada.save(**{"sections-0-body": "Ada’s second text."})
    assert is_refused(bob.save())
    assert bob.form["sections-0-body"] == "Bob’s text."
    assert not is_refused(bob.save())


def test_a_save_that_changes_nothing_neither_conflicts_nor_overwrites(monograph, ada, bob):
    ada.save(**{"sections-0-body": "Ada’s text."})
    bob.save()
    assert "There was nothing to save. Ada Lovelace saved this text" in bob.messages()
    assert bob.form["sections-0-body"] == "Ada’s text."
    assert bodies(monograph)[0] == "Ada’s text."
    monograph.refresh_from_db()
    assert monograph.changed_by == ada.user


def test_after_a_save_that_changed_nothing_others_save_without_a_conflict(monograph, ada, bob):
    ada.save()
    assert not is_refused(bob.save(**{"sections-0-body": "Bob’s text."}))
    assert bodies(monograph)[0] == "Bob’s text."
    assert LogEntry.objects.filter(event=LogEntry.Event.SAVED).count() == 1


def test_two_who_make_the_same_change_do_not_conflict(monograph, ada, bob):
    ada.save(**{"sections-0-body": "The same."})
    assert not is_refused(bob.save(**{"sections-0-body": "The same."}))
    assert bodies(monograph)[0] == "The same."


def test_text_typed_in_a_section_that_the_other_removed_comes_back_as_a_new_section(monograph, ada, bob):
    uses = monograph.sections.get(kind="uses")
    ada.save(**{"sections-0-DELETE": "on"})
    page = bob.save(**{"sections-0-body": "Bob’s text."})
    assert is_refused(page)
    assert "it was removed, and you changed it; here it is again, as a new one" in page
    bob.save()
    section = monograph.sections.first()
    assert (section.kind, section.heading, section.body) == ("uses", "Medical uses", "Bob’s text.")
    assert section.pk != uses.pk
    assert monograph.sections.count() == 5


def test_a_section_that_the_other_removed_and_nobody_typed_in_stays_removed(monograph, ada, bob):
    ada.save(**{"sections-0-DELETE": "on"})
    page = bob.save(**{"sections-4-body": "Bob’s text."})
    assert "Section “Medical uses” (removed)" in page
    bob.save()
    assert [section.kind for section in monograph.sections.all()] == ["mechanism", "forms", "effects", "research"]
    assert bodies(monograph)[-1] == "Bob’s text."


def test_a_section_that_both_removed_is_no_conflict(monograph, ada, bob):
    ada.save(**{"sections-0-DELETE": "on"})
    assert not is_refused(bob.save(**{"sections-0-DELETE": "on"}))
    assert monograph.sections.count() == 4


NEW_SECTION = {
    "sections-TOTAL_FORMS": "6",
    "sections-5-kind": "other",
    "sections-5-heading": "History",
    "sections-5-body": "Long ago.",
    "sections-5-position": "6",
}


def test_a_section_that_the_other_added_is_in_the_form_that_comes_back(monograph, ada, bob):
    ada.save(**NEW_SECTION)
    page = bob.save(**{"sections-0-body": "Bob’s text."})
    assert "Section “History” (added)" in page
    bob.save()
    assert bodies(monograph) == ["Bob’s text.", *["Old text."] * 4, "Long ago."]


def test_rows_that_both_added_are_all_kept_and_once(monograph, ada, bob):
    ada.save(**NEW_SECTION)
    assert is_refused(bob.save(**{**NEW_SECTION, "sections-5-heading": "Names", "sections-5-body": "Many."}))
    bob.save()
    assert sorted(section.heading for section in monograph.sections.all())[1:3] == [
        "Forms and administration",
        "History",
    ]
    assert monograph.sections.filter(heading__in=["History", "Names"]).count() == 2
    assert monograph.sections.count() == 7


def test_a_row_marked_for_removal_stays_marked_and_is_told_of_when_the_other_changed_it(monograph, ada, bob):
    fact = monograph.facts.first()
    ada.save(**{"facts-0-value": "Ada’s"})
    page = bob.save(**{"facts-0-DELETE": "on"})
    assert "you removed it, and it was changed" in page
    assert bob.form[bob.row(fact.pk, "facts") + "DELETE"]
    bob.save()
    assert [fact.label for fact in monograph.facts.all()] == ["Half-life"]


def test_the_order_that_one_chose_survives_what_the_other_wrote(monograph, ada, bob):
    ada.save(**{"sections-0-body": "Ada’s text."})
    bob.save(**{"sections-0-position": "9", "sections-4-position": "1"})
    bob.save()
    assert [section.kind for section in monograph.sections.all()] == [
        "research",
        "mechanism",
        "forms",
        "effects",
        "uses",
    ]
    assert bodies(monograph)[-1] == "Ada’s text."


def test_the_order_that_the_other_chose_is_taken_over(monograph, ada, bob):
    ada.save(**{"sections-0-position": "9"})
    page = bob.save(**{"sections-1-body": "Bob’s text."})
    assert "Sections (in another order)" in page
    bob.save()
    assert [section.kind for section in monograph.sections.all()] == [
        "mechanism",
        "forms",
        "effects",
        "research",
        "uses",
    ]
    assert bodies(monograph)[0] == "Bob’s text."


def test_a_text_with_mistakes_is_told_of_the_conflict_as_well(monograph, ada, bob):
    ada.save(**{"summary": "Ada’s summary."})
    page = bob.save(**{"title": "", "sections-0-body": "Bob’s text."})
    assert is_refused(page)
    assert "This field is required." in page
    assert bob.form["sections-0-body"] == "Bob’s text."
    assert not is_refused(bob.save(title="Ketamine"))
    assert bodies(monograph)[0] == "Bob’s text."


def test_topics_and_address_conflict_as_text_does(monograph, ada, bob):
    topics = [Topic.objects.create(name=name, slug=name.lower()) for name in ("Pain", "Sleep", "Mood")]
    ada.open()
    bob.open()
    ada.save(topics=[topics[0].pk], slug="ketamin")
    page = bob.save(topics=[topics[1].pk, topics[2].pk])
    assert "<del>Pain</del><ins>Mood\nSleep</ins>" in page
    assert bob.form["slug"] == "ketamin"
    bob.save()
    assert [topic.name for topic in monograph.topics.all()] == ["Mood", "Sleep"]


@pytest.mark.parametrize("stamp", ["", "nonsense", '{"at": "2000-01-01", "rows": {"sections": 5}}'])
def test_a_form_without_a_stamp_that_can_be_read_overwrites_nothing_unseen(monograph, bob, stamp):
    page = bob.save(**{"stamp": stamp, "sections-0-body": "Bob’s text."})
    assert is_refused(page)
    assert "<del>Old</del><ins>Bob’s</ins> text." in comparison(page)
    assert not is_refused(bob.save())
    assert bodies(monograph)[0] == "Bob’s text."


def test_text_restored_or_imported_meanwhile_is_a_conflict_without_loss(bob):
    published = make_published(body="First text.")
    published.sections.update(body="Second text.")
    writer = Editor(published, username="writer")
    with transaction.atomic():
        published.latest_edition.restore(by=bob.user)
    assert is_refused(writer.save(**{"sections-0-body": "Typed text."}))
    assert "bob saved this text on" in writer.page
    writer.save()
    assert "Typed text." in bodies(published)
    assert bodies(published).count("First text.") >= 4


def test_a_conflict_with_oneself_or_with_a_command_is_called_what_it_is(monograph, bob):
    second_window = dict(bob.form)
    bob.save(**{"summary": "First window."})
    bob.form = second_window
    assert "You saved this text on" in bob.save(**{"summary": "Second window."})
    Monograph.objects.update(changed_by=None, summary="Imported.", changed_at=timezone.now())
    assert "This text was changed on" in bob.save()


def test_texts_of_others_are_shown_as_text(monograph, ada, bob):
    ada.save(**{"sections-0-body": "<script>alert(1)</script>"})
    page = bob.save(**{"sections-0-body": "<img src=x onerror=alert(2)>"})
    assert is_refused(page)
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_somebody_who_may_only_look_gets_no_stamp(client, monograph):
    client.force_login(make_user("monographs.view_monograph"))
    page = client.get(reverse("admin:monographs_monograph_change", args=[monograph.pk])).content.decode()
    assert 'name="stamp"' not in page
    assert "Stamp" not in page
    assert not Editing.objects.exists()
