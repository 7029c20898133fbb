"""Two editors at once: the second save is told of the first and loses no text; open pages know of each other."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monographs.models import Editing, LogEntry, Monograph, Section, Topic
from tests.factories import make_monograph, make_published, make_user
from tests.forms import FormReader
from tests.races import at_once

pytestmark = pytest.mark.django_db

EDITOR = [
    f"monographs.{verb}_{model}"
    for verb in ("view", "add", "change", "delete")
    for model in ("monograph", "section", "fact", "identifier", "reference")
]


class Editor:
    """Somebody with the form of a monograph open."""

    def __init__(self, monograph, **kwargs):
        self.user = make_user(*EDITOR, **kwargs)
        self.client = Client()
        self.client.force_login(self.user)
        self.address = reverse("admin:monographs_monograph_change", args=[monograph.pk])
        self.open()

    def open(self):
        self._read(self.client.get(self.address))

    def save(self, **changes):
        """Send the form as it is open, with changes; what comes back is open from then on."""
        self._read(self.client.post(self.address, {**self.form, **changes, "_continue": "1"}, follow=True))
        return self.page

    def _read(self, response):
        assert response.status_code == 200
        self.page = response.content.decode()
        self.form = FormReader(self.page).data

    def row(self, key, group="sections"):
        """Return the beginning of the names of a stored row's fields."""
        [name] = [
            name for name, value in self.form.items() if re.fullmatch(rf"{group}-\d+-id", name) and value == str(key)
        ]
        return name.removesuffix("id")

    def messages(self):
        return " ".join(re.findall(r'<ul class="messagelist">.*?</ul>', self.page, re.S))


@pytest.fixture
def monograph():
    monograph = make_monograph(title="Ketamine", body="Old text.")
    for position, label in enumerate(("Class", "Half-life"), start=1):
        monograph.facts.create(label=label, value="Some", position=position)
    monograph.identifiers.create(register="CAS", value="6740-88-1")
    monograph.references.create(
        key="a-1", authors="A", year=2000, title="T", source="S", doi="10.1000/a", checked_on=date(2024, 3, 1)
    )
    return monograph


@pytest.fixture
def ada(monograph):
    return Editor(monograph, username="ada", first_name="Ada", last_name="Lovelace")


@pytest.fixture
def bob(monograph):
    return Editor(monograph, username="bob")


def is_refused(page):
    return "Your text is not saved yet." in page


def bodies(monograph):
    return [section.body for section in monograph.sections.all()]


def comparison(page):
    found = re.search(r'<section class="conflict".*?</form>|<section class="conflict".*?<fieldset', page, re.S)
    return found[0] if found else ""


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


def presence(monograph):
    return reverse("admin:monographs_monograph_presence", args=[monograph.pk])


def test_whoever_opens_the_page_sees_who_has_it_open_already_and_since_when(monograph, ada, bob):
    assert not re.search("has this page open since", ada.page)
    since = Editing.objects.get(user=ada.user).since
    assert f"Ada Lovelace has this page open since {since:%H:%M}" in bob.page
    assert "bob has this page open" not in bob.page


def test_an_open_page_hears_of_others_and_of_their_saves(monograph, ada, bob):
    opened = monograph.changed_at.isoformat()
    assert ada.client.post(presence(monograph), {"opened": opened}).json() == {
        "notices": [f"bob has this page open since {Editing.objects.get(user=bob.user).since:%H:%M}."]
    }
    bob.save(**{"summary": "Bob’s summary."})
    [_open, saved] = ada.client.post(presence(monograph), {"opened": opened}).json()["notices"]
    assert re.match(
        r"bob saved this text on .*, after you had opened it\. When you save, you will see both texts\.", saved
    )


@pytest.mark.parametrize("opened", ["", "yesterday", "2024-13-45T99:00", "2024-01-01T00:00:00"])
def test_a_time_that_is_none_is_no_mistake(monograph, ada, opened):
    assert ada.client.post(presence(monograph), {"opened": opened}).json() == {"notices": []}


def test_somebody_who_left_is_not_named_any_more_and_starts_anew(monograph, ada, bob):
    long_ago = timezone.now() - timedelta(hours=3)
    Editing.objects.filter(user=ada.user).update(since=long_ago, seen_at=timezone.now() - timedelta(seconds=91))
    assert bob.client.post(presence(monograph)).json() == {"notices": []}
    ada.client.post(presence(monograph))
    assert Editing.objects.get(user=ada.user).since > long_ago


def test_a_page_that_stays_open_keeps_the_time_when_it_was_opened(monograph, ada, bob):
    since = timezone.now() - timedelta(days=1)
    Editing.objects.filter(user=ada.user).update(since=since)
    ada.client.post(presence(monograph))
    [notice] = bob.client.post(presence(monograph)).json()["notices"]
    assert f"since {since.day} {since:%B %Y} at {since:%H:%M} UTC" in notice


@pytest.mark.parametrize(("permissions", "status"), [(None, 302), (["monographs.view_monograph"], 403), (EDITOR, 200)])
def test_only_those_who_may_change_the_text_report_and_hear_of_others(client, monograph, permissions, status):
    if permissions is not None:
        client.force_login(make_user(*permissions))
    assert client.post(presence(monograph)).status_code == status


def test_the_address_for_reports_takes_reports_alone(client, monograph, ada):
    assert ada.client.get(presence(monograph)).status_code == 405
    assert ada.client.post(f"/admin/monographs/monograph/{monograph.pk + 1}/presence/").status_code == 404


def test_reports_cost_the_same_whoever_else_is_there(monograph, ada, django_assert_max_num_queries):
    for _ in range(10):
        Editing.objects.record(monograph, make_user())
    with django_assert_max_num_queries(16):
        ada.client.post(presence(monograph), {"opened": monograph.changed_at.isoformat()})


DRAFT = "0123456789abcdef" * 2


def redirect_after(editor, **changes):
    return editor.client.post(editor.address, {**editor.form, **changes})


def test_the_page_after_a_save_names_the_drafts_that_are_saved(monograph, ada):
    response = redirect_after(ada, summary="New.", draft=f"{DRAFT} {DRAFT[::-1]}")
    assert response["Location"].endswith(f"/monographs/monograph/#saved-{DRAFT}-{DRAFT[::-1]}")


def test_a_new_monograph_names_its_drafts_too(ada):
    data = {"title": "Esketamine", "slug": "esketamine", "draft": DRAFT}
    response = ada.client.post(reverse("admin:monographs_monograph_add"), data)
    assert response["Location"].endswith(f"/change/#saved-{DRAFT}")


@pytest.mark.parametrize("draft", ["", "nonsense", f"{DRAFT}\r\nX: y", f"{DRAFT}#", "a" * 100_000])
def test_anything_else_in_place_of_drafts_is_left_out(monograph, ada, draft):
    assert "#" not in redirect_after(ada, summary="New.", draft=draft)["Location"]


def test_a_form_that_is_refused_keeps_the_names_of_its_drafts(monograph, ada, bob):
    ada.save(summary="Ada’s summary.")
    bob.save(summary="Bob’s summary.", draft=DRAFT)
    assert bob.form["draft"] == DRAFT
    assert is_refused(bob.page)


def test_a_save_that_meets_a_monograph_that_is_gone_forgets_no_draft(monograph, ada):
    Section.objects.all().delete()
    monograph.facts.all().delete()
    Monograph.objects.all().delete()
    response = redirect_after(ada, summary="New.", draft=DRAFT)
    assert response.status_code == 302
    assert "#" not in response["Location"]


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
