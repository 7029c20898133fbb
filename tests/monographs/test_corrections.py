"""Readers report errors in a text; editors answer."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from monographs.correcting import MOST_PER_HOUR, report
from monographs.models import Correction, LogEntry
from monographs.open_forms import TooMany, hash_of_network
from tests.factories import make_correction, make_monograph, make_opening, make_published, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db

ANSWERS = {"anchor": "effects", "text": "It says 50 mg.\nThe label says 5 mg.", "email": "ada@example.org"}


@pytest.fixture
def monograph():
    return make_published(title="Ketamine", slug="ketamine")


def page_of(response):
    return html.unescape(response.content.decode())


def send(client, monograph, *, seconds_ago=60, **answers):
    note = make_opening("corrections", monograph, seconds_ago=seconds_ago)
    data = {"opened": note, "edition": "1", **ANSWERS, **answers}
    return client.post(reverse("correction_new", args=[monograph.slug]), data)


def assert_refused_with_everything_kept(response, sentence, *, status=200):
    page = page_of(response)
    assert response.status_code == status
    assert sentence in page
    assert re.search(r"<title>\s*Error: ", page)
    assert 'role="alert"' in page
    assert ANSWERS["text"].splitlines()[1] in page
    assert '<option value="effects" selected>' in page


def test_a_correction_is_stored_with_its_section_and_edition_and_the_reader_is_thanked(client, monograph):
    response = send(client, monograph)

    correction = Correction.objects.get()
    assert response.status_code == 303
    assert (correction.anchor, correction.heading, correction.edition.number) == ("effects", "Side effects", 1)
    assert correction.text == ANSWERS["text"]
    assert correction.network_hash == hash_of_network("corrections", "127.0.0.1")
    assert correction.is_open
    assert "is with the editors" in page_of(client.get(response.url))


def test_the_log_of_the_monograph_tells_of_it_without_the_address(client, monograph):
    send(client, monograph)

    entry = LogEntry.objects.get(event=LogEntry.Event.REPORTED)
    assert (entry.actor, entry.note, entry.edition.number) == ("A reader", "Side effects", 1)


def test_the_section_that_the_address_names_is_chosen_and_a_made_up_one_is_not(client, monograph):
    address = reverse("correction_new", args=[monograph.slug])

    assert '<option value="forms" selected>Forms and administration' in page_of(client.get(address + "?section=forms"))
    page = page_of(client.get(address + '?section="><script>'))
    assert "<script>" not in page
    assert " selected" not in page


def test_without_a_section_it_is_about_the_page_as_a_whole(client, monograph):
    send(client, monograph, anchor="")

    assert Correction.objects.get().place == "the page as a whole"


def test_it_is_about_the_edition_that_was_read_even_when_another_came_into_force_meanwhile(client, monograph):
    monograph.sections.get(kind="effects").delete()
    monograph.publish(by=None, note="Shorter.")

    send(client, monograph)

    assert Correction.objects.get().edition.number == 1
    response = send(client, monograph, edition="2")
    assert "This section is not in the text any more." in page_of(response)
    assert "The label says 5 mg." in page_of(response)


@pytest.mark.parametrize("number", ["", "7", "-1", "x", "9" * 40])
def test_a_made_up_edition_is_the_one_in_force(client, monograph, number):
    send(client, monograph, edition=number)

    assert Correction.objects.get().edition == monograph.edition_in_force


@pytest.mark.parametrize("empty", ["", "  ", "…!?", "\x00"])
def test_a_correction_needs_a_word(client, monograph, empty):
    assert "Write what is wrong." in page_of(send(client, monograph, text=empty))
    assert not Correction.objects.exists()


def test_a_text_that_is_too_long_comes_back_whole_with_its_length(client, monograph):
    page = page_of(send(client, monograph, text="a" * 3001))

    assert "Shorten this to 3000 characters. It has 3001 now." in page
    assert "a" * 3001 in page


def test_an_address_that_is_none_is_named_and_nothing_is_lost(client, monograph):
    assert_refused_with_everything_kept(send(client, monograph, email="ada@"), "Write the e-mail address in full")


def test_a_program_that_fills_in_the_hidden_field_is_refused(client, monograph):
    response = send(client, monograph, homepage="https://shop.example")

    assert_refused_with_everything_kept(response, "A field that people cannot see was filled in")
    assert "shop.example" not in page_of(response)
    assert not Correction.objects.exists()


@pytest.mark.usefixtures("signing_clock_stopped")
def test_a_form_sent_too_fast_or_without_a_true_note_comes_back(client, monograph):
    assert_refused_with_everything_kept(send(client, monograph, seconds_ago=2), "sent very soon after it was opened")
    assert_refused_with_everything_kept(send(client, monograph, opened="made up"), "a part of it was lost on the way")
    note_of_a_review = make_opening("reviews", monograph)
    assert_refused_with_everything_kept(send(client, monograph, opened=note_of_a_review), "a part of it was lost")
    assert not Correction.objects.exists()


def test_pressing_send_twice_makes_one_correction_and_another_text_is_not_lost(client, monograph):
    note = make_opening("corrections", monograph)
    first, second = send(client, monograph, opened=note), send(client, monograph, opened=note)

    assert (first.status_code, second.status_code) == (303, 303)
    response = send(client, monograph, opened=note, text="What I saw later.")
    assert response.status_code == 409
    assert "What I saw later." in page_of(response)
    assert Correction.objects.count() == 1


def test_a_network_that_sends_too_many_is_told_when_to_come_back_and_loses_nothing(client, monograph):
    sent_at = timezone.now() - timedelta(minutes=35)
    network = hash_of_network("corrections", "127.0.0.1")
    for _number in range(MOST_PER_HOUR):
        make_correction(monograph=monograph, network_hash=network, sent_at=sent_at)

    response = send(client, monograph)

    assert_refused_with_everything_kept(response, "You can send this one in 25 minutes.", status=429)
    assert 1440 < int(response["Retry-After"]) <= 1500
    assert Correction.objects.count() == MOST_PER_HOUR


@pytest.mark.django_db(transaction=True)
def test_corrections_sent_at_once_cannot_slip_past_the_limit():
    monograph = make_published()
    edition = monograph.edition_in_force

    def send_one():
        report(Correction(edition=edition, text="Wrong."), address="192.0.2.1")

    results = at_once(*[send_one] * (MOST_PER_HOUR + 3))

    assert sum(isinstance(result, TooMany) for result in results) == 3
    assert Correction.objects.count() == MOST_PER_HOUR


def test_a_correction_and_a_review_of_one_network_cannot_be_linked():
    assert hash_of_network("corrections", "192.0.2.1") != hash_of_network("reviews", "192.0.2.1")


def test_the_form_sets_no_cookie_needs_none_and_varies_by_nothing(monograph):
    client = Client(enforce_csrf_checks=True)
    for response in (client.get(reverse("correction_new", args=[monograph.slug])), send(client, monograph, text="")):
        assert not response.cookies
        assert "Vary" not in response.headers
        assert "private" in response["Cache-Control"]
    assert send(client, monograph).status_code == 303
    assert not client.get(reverse("correction_thanks", args=[monograph.slug])).cookies


def test_the_form_costs_one_query(client, monograph, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get(reverse("correction_new", args=[monograph.slug]))


@pytest.mark.parametrize("name", ["correction_new", "correction_thanks"])
def test_only_a_public_monograph_takes_corrections(client, monograph, name):
    make_monograph(slug="draft")
    for slug in ("nothing", "draft"):
        assert client.get(reverse(name, args=[slug])).status_code == 404
    monograph.edition_in_force.withdraw(by=None, reason="Wrong.")
    assert client.get(reverse(name, args=[monograph.slug])).status_code == 404
    assert send(client, monograph).status_code == 404


def test_a_former_address_leads_to_the_form(client, monograph):
    monograph.slug = "ketamine-2"
    monograph.save()

    response = client.get(reverse("correction_new", args=["ketamine"]) + "?section=uses")

    assert response.status_code == 301
    assert response.url == reverse("correction_new", args=["ketamine-2"]) + "?section=uses"


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
