"""Reports of errors are answered, and forgotten in time."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from monographs.models import Correction, LogEntry
from tests.factories import make_correction, make_user
from tests.monographs.corrections.reading import page_of
from tests.races import at_once

pytestmark = pytest.mark.django_db


def test_an_answer_is_kept_logged_and_sent_to_the_address(monograph, django_capture_on_commit_callbacks):
    correction = make_correction(monograph=monograph, email="ada@example.org")
    editor = make_user(first_name="Grace", last_name="Hopper")

    with django_capture_on_commit_callbacks(execute=True):
        correction.accept(by=editor, answer="  You are right.  ")

    correction.refresh_from_db()
    assert (correction.status, correction.answer, correction.answered_by) == ("accepted", "You are right.", editor)
    entry = LogEntry.objects.get(event=LogEntry.Event.ACCEPTED)
    assert (entry.by, entry.note) == (editor, "Medical uses: You are right.")
    [letter] = mail.outbox
    assert letter.to == ["ada@example.org"]
    for words in ("You are right.", "The dose is ten times too high.", "The editors agree.", "/monographs/ketamine/"):
        assert words in letter.body


def test_without_an_address_nothing_is_sent(monograph, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_correction(monograph=monograph).decline(by=make_user(), answer="The source says so.")

    assert mail.outbox == []
    assert LogEntry.objects.filter(event=LogEntry.Event.DECLINED).exists()


def test_a_correction_is_answered_once_and_only_with_an_answer(monograph):
    correction, editor = make_correction(monograph=monograph), make_user(username="grace")
    with pytest.raises(ValueError, match="needs an answer"):
        correction.accept(by=editor, answer="  ")
    correction.accept(by=editor, answer="Yes.")

    with pytest.raises(Correction.AlreadyAnswered, match="grace accepted the correction on"):
        Correction.objects.get(pk=correction.pk).decline(by=make_user(), answer="No.")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_answer_at_once_one_wins_and_the_other_is_told():
    correction, editors = make_correction(), [make_user(), make_user()]

    results = at_once(
        *[lambda by=by: Correction.objects.get(pk=correction.pk).accept(by=by, answer="Yes.") for by in editors]
    )

    assert sum(isinstance(result, Correction.AlreadyAnswered) for result in results) == 1
    assert LogEntry.objects.filter(event=LogEntry.Event.ACCEPTED).count() == 1


def test_the_database_keeps_answers_whole(monograph):
    make_correction(monograph=monograph)
    for values in (
        {"status": "accepted"},
        {"status": "accepted", "answered_at": timezone.now(), "answer": "Yes."},
        {"answer": "Yes."},
        {"status": "done"},
        {"text": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.update(**values)


def test_personal_data_of_corrections_is_erased_when_its_time_has_come(monograph, settings, capsys):
    settings.ADDRESS_RETENTION_DAYS = 30
    now = timezone.now()
    old = make_correction(
        monograph=monograph, network_hash="a" * 64, email="ada@example.org", sent_at=now - timedelta(31)
    )
    new = make_correction(
        monograph=monograph, network_hash="b" * 64, email="bob@example.org", sent_at=now - timedelta(9)
    )
    new.accept(by=make_user(), answer="Yes.")
    Correction.objects.filter(pk=new.pk).update(answered_at=now - timedelta(days=8))

    call_command("purge_personal_data")

    kept = dict(Correction.objects.values_list("pk", "network_hash"))
    assert kept == {old.pk: "", new.pk: "b" * 64}
    # Who has not been answered yet still is.
    assert dict(Correction.objects.values_list("pk", "email")) == {old.pk: "ada@example.org", new.pk: ""}
    assert "1 network hashes" in capsys.readouterr().out


def editor(**kwargs):
    return make_user("monographs.view_monograph", "monographs.change_monograph", **kwargs)


def page_in_admin(correction):
    return reverse("admin:monographs_correction_change", args=[correction.pk])


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_an_editor_answers_in_the_admin_and_both_logs_tell(client, monograph, verb):
    correction, by = make_correction(monograph=monograph), editor(first_name="Grace", last_name="Hopper")
    client.force_login(by)

    response = client.post(page_in_admin(correction), {"answer": "Thank you.", verb: "1"}, follow=True)

    correction.refresh_from_db()
    assert correction.status == {"accept": "accepted", "decline": "declined"}[verb]
    assert "The report is answered." in page_of(response)
    assert ("Mend the text" in page_of(response)) == (verb == "accept")
    assert AdminLogEntry.objects.get().change_message == correction.sentence
    page = page_of(client.get(page_in_admin(correction)))
    assert "Thank you." in page
    assert f"Grace Hopper {correction.status} the correction on" in page


def test_an_answer_without_words_is_refused(client, monograph):
    correction = make_correction(monograph=monograph)
    client.force_login(editor())

    response = client.post(page_in_admin(correction), {"answer": "  ", "accept": "1"})

    assert "Write an answer" in page_of(response)
    assert Correction.objects.get().is_open


def test_who_comes_second_is_told_and_loses_nothing_typed(client, monograph):
    correction = make_correction(monograph=monograph)
    correction.decline(by=editor(username="grace"), answer="The source says so.")
    client.force_login(editor())

    page = page_of(client.post(page_in_admin(correction), {"answer": "My long answer.", "accept": "1"}))

    for words in ("Somebody was faster", "grace declined the correction", "My long answer.", "The source says so."):
        assert words in page


def test_the_address_of_a_reader_is_shown_to_nobody(client, monograph):
    correction = make_correction(monograph=monograph, email="ada@example.org", network_hash="a" * 64)
    client.force_login(make_user(is_superuser=True))

    for address in (page_in_admin(correction), reverse("admin:monographs_correction_changelist")):
        page = page_of(client.get(address))
        assert "ada@example.org" not in page
        assert "a" * 64 not in page


def test_the_list_of_one_monograph_is_linked_from_its_form(client, monograph):
    make_correction(monograph=monograph, text="Wrong in ketamine.")
    make_correction(text="Wrong elsewhere.")
    client.force_login(editor())

    page = client.get(reverse("admin:monographs_monograph_change", args=[monograph.pk])).content.decode()
    address = html.unescape(re.search(r'href="([^"]+)">1 report of an error waits', page)[1])
    listed = page_of(client.get(address))

    assert "Wrong in ketamine." in listed
    assert "Wrong elsewhere." not in listed


def test_a_list_of_corrections_costs_the_same_for_one_and_for_many(client, monograph, django_assert_max_num_queries):
    client.force_login(editor())
    address = reverse("admin:monographs_correction_changelist")
    for _number in range(20):
        make_correction()
    with django_assert_max_num_queries(10):
        client.get(address)


@pytest.mark.parametrize("query", ["email__startswith=a", "network_hash=x", "answered_by=1"])
def test_the_list_cannot_be_asked_for_what_it_does_not_show(client, monograph, query):
    make_correction(monograph=monograph, email="ada@example.org")
    client.force_login(editor())

    response = client.get(reverse("admin:monographs_correction_changelist") + "?" + query)

    assert response.status_code in (302, 400)


@pytest.mark.parametrize("method", ["get", "post"])
def test_corrections_are_for_those_who_write_the_text(client, monograph, method):
    correction = make_correction(monograph=monograph)
    data = {"answer": "Yes.", "accept": "1"} if method == "post" else {}
    addresses = [page_in_admin(correction), reverse("admin:monographs_correction_changelist")]
    for user, statuses in (
        (None, {302}),
        (make_user("monographs.view_monograph", "reviews.moderate_review"), {403}),
        (editor(), {200, 302}),
    ):
        if user:
            client.force_login(user)
        for address in addresses:
            response = getattr(client, method)(address, data)
            assert response.status_code in statuses
            assert (response.status_code == 302 and "/login/" in response.url) == (user is None)
    assert Correction.objects.get().is_open == (method == "get")


@pytest.mark.parametrize("page", ["add", "delete"])
def test_nobody_adds_or_deletes_a_report(client, monograph, page):
    correction = make_correction(monograph=monograph)
    client.force_login(make_user(is_superuser=True))
    arguments = [] if page == "add" else [correction.pk]

    assert client.get(reverse(f"admin:monographs_correction_{page}", args=arguments)).status_code == 403
