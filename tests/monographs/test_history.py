import re
import threading
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from monographs.models import Edition, LogEntry, Withdrawal
from monographs.publishing import contents_of
from tests.factories import make_monograph, make_published, make_user
from tests.monographs.conflicts.editors import Editor

pytestmark = pytest.mark.django_db


def published_twice(**kwargs):
    monograph = make_published(title="Ketamine", slug="ketamine", body="Old words.", **kwargs)
    monograph.sections.update(body="New words.")
    monograph.publish(by=None, note="Second.")
    return monograph


def test_readers_see_reason_and_date_in_place_of_a_withdrawn_text(client):
    monograph = published_twice()
    monograph.edition_in_force.withdraw(by=make_user(), reason="A wrong warning.")
    for address in ("/monographs/ketamine/", "/monographs/ketamine/editions/2/"):
        response = client.get(address)
        page = response.content.decode()
        assert response.status_code == 410
        assert "A wrong warning." in page
        assert "Withdrawn on" in page
        assert "New words." not in page
        assert "Old words." not in page


def test_after_a_withdrawal_no_earlier_edition_comes_back_by_itself():
    monograph = published_twice()
    monograph.edition_in_force.withdraw(by=None, reason="Wrong.")
    assert monograph.edition_in_force is None
    assert monograph.has_unpublished_changes


def test_a_withdrawn_monograph_stands_in_no_list_and_no_search_but_keeps_its_history(client):
    published_twice().edition_in_force.withdraw(by=None, reason="Wrong.")
    for address in ("/", "/monographs/", "/search/?q=ketamine"):
        assert 'href="/monographs/ketamine/"' not in client.get(address).content.decode()
    history = client.get("/monographs/ketamine/editions/").content.decode()
    assert "withdrawn on" in history
    assert "Old words." in client.get("/monographs/ketamine/editions/1/").content.decode()


def test_a_kept_page_is_gone_with_the_withdrawal(client):
    monograph = published_twice()
    assert client.get("/monographs/ketamine/").status_code == 200
    monograph.edition_in_force.withdraw(by=None, reason="Wrong.")
    assert client.get("/monographs/ketamine/").status_code == 410


def test_the_next_publication_replaces_the_notice_even_with_the_same_text(client):
    monograph = published_twice()
    monograph.edition_in_force.withdraw(by=None, reason="By mistake.")
    monograph.publish(by=None, note="The withdrawal was a mistake.")
    assert "New words." in client.get("/monographs/ketamine/").content.decode()


def test_a_withdrawal_needs_a_reason_and_happens_once():
    edition = published_twice().edition_in_force
    with pytest.raises(ValueError, match="needs a reason"):
        edition.withdraw(by=None, reason="  ")
    first = make_user(username="first")
    edition.withdraw(by=first, reason="Wrong.")
    with pytest.raises(Edition.AlreadyWithdrawn, match="withdrawn by first"):
        Edition.objects.get(pk=edition.pk).withdraw(by=make_user(), reason="Also wrong.")


def test_a_scheduled_edition_that_is_cancelled_never_becomes_public(client, monkeypatch):
    monograph = make_published(title="Ketamine", slug="ketamine", body="Old words.")
    monograph.sections.update(body="New words.")
    now = timezone.now()
    scheduled = monograph.publish(by=None, note="Later.", public_from=now + timedelta(hours=1))
    assert list(monograph.editions.scheduled()) == [scheduled]
    scheduled.withdraw(by=None, reason="Not yet.")
    assert not monograph.editions.scheduled()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    assert "Old words." in client.get("/monographs/ketamine/").content.decode()
    assert client.get("/monographs/ketamine/editions/2/").status_code == 404
    assert "Later." not in client.get("/monographs/ketamine/editions/").content.decode()


def test_restoring_brings_the_whole_earlier_text_into_the_working_copy_and_nothing_to_readers():
    monograph = make_monograph(title="Ketamine", body="Old.[@a-1]", other_names="Ketalar")
    monograph.references.create(key="a-1", authors="A", year=2000, title="T", source="S", checked_on="2026-01-02")
    monograph.facts.create(label="Class", value="Anaesthetic")
    monograph.identifiers.create(register="CAS", value="6740-88-1")
    first = monograph.publish(by=None, note="First.")
    monograph.sections.all().delete()
    monograph.sections.create(heading="Other", body="New.")
    monograph.facts.all().delete()
    monograph.title = "Changed"
    monograph.save()
    monograph.publish(by=None, note="Second.")
    user = make_user()

    restored = first.restore(by=user)

    assert contents_of(restored) == first.contents
    assert restored.changed_by == user
    assert restored.edition_in_force.number == 2


def test_minor_changes_leave_the_date_of_the_last_substantive_one(client):
    monograph = make_published(title="Ketamine", slug="ketamine", public_from=timezone.now() - timedelta(days=40))
    first = monograph.edition_in_force
    monograph.sections.update(body="A comma.")
    monograph.publish(by=None, note="Comma.", is_substantive=False)
    page = client.get("/monographs/ketamine/").content.decode()
    assert "Substantively changed on" in page
    assert f"{timezone.localtime(first.public_from).day} " in page.split("Substantively changed on")[1][:20]
    assert "minor change" in client.get("/monographs/ketamine/editions/").content.decode()


def test_any_two_public_editions_can_be_compared(client):
    monograph = published_twice()
    monograph.sections.update(body="Newest words.")
    monograph.publish(by=None, note="Third.")
    page = client.get("/monographs/ketamine/editions/3/changes/?against=1").content.decode()
    assert "<del>Old</del><ins>Newest</ins>" in page
    for against in ("9", "x", "-1", "\x00"):
        assert client.get("/monographs/ketamine/editions/3/changes/", {"against": against}).status_code == 404


def test_the_log_tells_who_did_what():
    user = make_user(username="ada")
    monograph = make_monograph()
    edition = monograph.publish(by=user, note="First.")
    edition.withdraw(by=user, reason="Wrong.")
    edition.restore(by=user)
    later = timezone.now() + timedelta(days=1)
    monograph.publish(by=user, note="Later.", public_from=later).withdraw(by=user, reason="No.")
    events = list(monograph.log.order_by("pk").values_list("event", "by__username", "edition__number"))
    assert events == [
        ("published", "ada", 1),
        ("withdrawn", "ada", 1),
        ("restored", "ada", 1),
        ("scheduled", "ada", 2),
        ("cancelled", "ada", 2),
    ]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_withdraw_at_once_one_wins_and_the_other_is_told():
    edition = make_published().edition_in_force
    outcomes, ready = [], threading.Barrier(2)

    def withdraw():
        ready.wait()
        try:
            outcomes.append(Edition.objects.get(pk=edition.pk).withdraw(by=None, reason="Race.").reason)
        except Edition.AlreadyWithdrawn:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=withdraw) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["Race.", "told"]
    assert Withdrawal.objects.count() == 1


PUBLISHER = [
    *("monographs.view_edition", "monographs.view_monograph", "monographs.change_monograph"),
    "monographs.publish_monograph",
]


def admin_page(edition, name):
    return reverse(f"admin:monographs_edition_{name}", args=[edition.pk])


def test_the_publish_page_schedules_for_a_time_to_come_and_refuses_a_past_one(client):
    client.force_login(make_user(*PUBLISHER))
    monograph = make_monograph()
    address = reverse("admin:monographs_monograph_publish", args=[monograph.pk])
    page = client.post(address, {"note": "Soon.", "public_from": "2020-01-01T09:00", "schedule": ""}).content.decode()
    assert "This time is past." in page
    assert "Soon." in page
    page = client.post(address, {"note": "Soon.", "public_from": "", "schedule": ""}).content.decode()
    assert "Choose the day and time" in page
    assert not Edition.objects.exists()
    later = timezone.localtime() + timedelta(days=3)
    response = client.post(
        address, {"note": "Soon.", "public_from": later.strftime("%Y-%m-%dT%H:%M"), "schedule": ""}, follow=True
    )
    assert "Edition 1 is scheduled for" in response.content.decode()
    assert Edition.objects.scheduled().get().number == 1


def test_the_admins_history_names_what_was_changed_and_nothing_else():
    monograph = make_monograph(body="One line.\n\nAnother.\n", other_names="Ketalar\nKetamin\n")
    Editor(monograph, username="ada").save(summary="Another summary.")
    assert AdminLogEntry.objects.get().get_change_message() == "Changed Summary."


def test_the_list_of_editions_says_in_one_word_where_each_stands(client):
    client.force_login(make_user(*PUBLISHER))
    published_twice().edition_in_force.withdraw(by=None, reason="Wrong.")
    make_published(public_from=timezone.now() + timedelta(days=1))
    page = client.get(reverse("admin:monographs_edition_changelist")).content.decode()
    assert sorted(re.findall(r'class="field-state_in_short">([^<]*)<', page)) == ["public", "scheduled", "withdrawn"]


def test_what_lacks_before_publishing_is_said_first_and_beside_its_field(client):
    client.force_login(make_user(*PUBLISHER))
    address = reverse("admin:monographs_monograph_publish", args=[make_monograph().pk])
    page = client.post(address, {"note": "", "is_substantive": "True", "publish": ""}).content.decode()
    assert "<title>Error:" in " ".join(page.split()).replace("<title> ", "<title>")
    assert page.count("Say what changed, for the public history.") == 2
    assert page.index('href="#id_note"') < page.index('id="id_note_error"')


def test_a_publisher_withdraws_with_a_reason_and_is_asked_for_one(client):
    client.force_login(make_user(*PUBLISHER))
    edition = published_twice().edition_in_force
    assert "Give the reason." in client.post(admin_page(edition, "withdraw"), {"reason": ""}).content.decode()
    response = client.post(admin_page(edition, "withdraw"), {"reason": "A wrong dose."}, follow=True)
    assert "was withdrawn by" in response.content.decode()
    assert Withdrawal.objects.get().reason == "A wrong dose."


def test_an_editor_sees_what_restoring_changes_and_restores(client):
    client.force_login(make_user(*PUBLISHER))
    monograph = published_twice()
    first = monograph.editions.get(number=1)
    page = client.get(admin_page(first, "restore")).content.decode()
    assert "<del>New</del><ins>Old</ins>" in page
    response = client.post(admin_page(first, "restore"), follow=True)
    assert "is in the working copy now" in response.content.decode()
    assert contents_of(monograph) == first.contents


def test_the_history_page_shows_the_log(client):
    client.force_login(make_user(*PUBLISHER, username="ada"))
    monograph = published_twice()
    monograph.edition_in_force.withdraw(by=make_user(username="bob"), reason="Because of this.")
    page = client.get(reverse("admin:monographs_monograph_history", args=[monograph.pk])).content.decode()
    assert "withdrew it" in page
    assert "bob" in page
    assert "Because of this." in page


def test_saving_is_logged_when_it_changes_something(client):
    client.force_login(make_user(is_superuser=True))
    client.post(reverse("admin:monographs_monograph_add"), {"title": "New", "slug": "new"})
    assert LogEntry.objects.get().event == "saved"


@pytest.mark.parametrize(
    ("name", "permissions", "status"),
    [
        *((name, None, 302) for name in ("compare", "restore", "withdraw")),
        *((name, ["monographs.view_monograph"], 403) for name in ("compare", "restore", "withdraw")),
        ("compare", ["monographs.view_edition"], 200),
        ("restore", ["monographs.view_edition"], 403),
        ("withdraw", ["monographs.view_edition", "monographs.change_monograph"], 403),
        ("restore", ["monographs.view_edition", "monographs.change_monograph"], 200),
        ("withdraw", PUBLISHER, 200),
    ],
)
def test_the_pages_of_an_edition_are_for_those_who_may(client, name, permissions, status):
    edition = make_published().edition_in_force
    if permissions is not None:
        client.force_login(make_user(*permissions))
    assert client.get(admin_page(edition, name)).status_code == status
