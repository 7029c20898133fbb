"""Editors ask for publication."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from monographs.models import LogEntry, Monograph, PublicationRequest
from tests.factories import make_monograph, make_published, make_user
from tests.monographs.asking import (
    EDITOR,
    PUBLISHER,
    events_of,
    make_editor,
    make_publisher,
    messages_of,
    page_of,
    written_by,
)

pytestmark = pytest.mark.django_db


def reasons(monograph, **kwargs):
    with pytest.raises(Monograph.CannotPublish) as caught:
        monograph.publish(note="Note.", **kwargs)
    return " ".join(str(problem) for problem in caught.value.problems)


def test_who_last_changed_the_text_cannot_publish_it_and_is_told_what_to_do(settings):
    settings.SECOND_PERSON_PUBLISHES = True
    writer = make_publisher()
    monograph = written_by(writer)
    assert "somebody else has to publish it. Use “Ask for publication…”" in reasons(monograph, by=writer)
    assert monograph.publish(by=make_publisher(), note="First.").number == 1


def test_without_the_setting_who_changed_the_text_may_publish_it():
    writer = make_publisher()
    assert written_by(writer).publish(by=writer, note="First.").number == 1


def test_a_command_publishes_whoever_changed_the_text(settings):
    settings.SECOND_PERSON_PUBLISHES = True
    assert written_by(make_publisher()).publish(by=None, note="First.").number == 1
    assert make_monograph().publish(by=None, note="First.").number == 1


def test_the_publish_page_says_that_a_second_person_is_needed_and_has_no_button(client, settings):
    settings.SECOND_PERSON_PUBLISHES = True
    writer = make_publisher()
    monograph = written_by(writer)
    client.force_login(writer)
    page = client.get(page_of(monograph, "publish")).content.decode()
    assert "somebody else has to publish it" in page
    assert 'name="publish"' not in page


def test_asking_is_kept_shown_and_told_to_every_publisher_with_an_address(client, django_capture_on_commit_callbacks):
    editor = make_editor(first_name="Ada", email="ada@example.org")
    make_publisher(email="grace@example.org")
    make_publisher(email="")
    make_publisher(email="gone@example.org", is_active=False)
    make_editor(email="other@example.org")
    monograph = written_by(editor, title="Ketamine")
    client.force_login(editor)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(page_of(monograph, "request"), {"note": "New section on side effects."}, follow=True)
    assert "You have asked." in messages_of(response)
    assert "Ada asked for publication on" in response.content.decode()
    assert events_of(monograph) == [("requested", editor, "New section on side effects.")]
    [letter] = mail.outbox
    assert letter.to == ["grace@example.org"]
    assert letter.subject == "Please publish Ketamine"
    assert "New section on side effects." in letter.body
    assert page_of(monograph, "publish") in letter.body


def test_a_publisher_who_changed_the_text_gets_no_letter_about_it(settings, django_capture_on_commit_callbacks):
    settings.SECOND_PERSON_PUBLISHES = True
    writer = make_publisher(email="writer@example.org")
    make_publisher(email="second@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        written_by(writer).ask_for_publication(by=make_editor(), note="Please.")
    assert [letter.to for letter in mail.outbox] == [["second@example.org"]]


def test_one_request_is_open_at_a_time_and_the_second_is_told_who_asked(client):
    monograph = make_monograph()
    monograph.ask_for_publication(by=make_editor(first_name="Ada"), note="First.")
    client.force_login(make_editor())
    response = client.post(page_of(monograph, "request"), {"note": "Second."}, follow=True)
    assert "Ada asked for publication on" in messages_of(response)
    assert monograph.requests.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicationRequest.objects.create(monograph=monograph, asked_by=make_editor(), note="Third.")


def test_a_text_that_cannot_be_published_is_not_asked_for_and_the_note_is_kept(client):
    monograph = make_monograph(summary="")
    client.force_login(make_editor())
    page = client.post(page_of(monograph, "request"), {"note": "Typed with care."}).content.decode()
    assert "The monograph has no summary." in page
    assert "Typed with care." in page
    assert not monograph.requests.exists()


def test_asking_needs_a_note(client):
    monograph = make_monograph()
    client.force_login(make_editor())
    assert "Say what should be published." in client.post(page_of(monograph, "request"), {"note": " "}).content.decode()
    assert not monograph.requests.exists()


def test_publishers_see_open_requests_on_their_desk_and_editors_do_not(client):
    monograph = make_monograph(title="Ketamine")
    monograph.ask_for_publication(by=make_editor(first_name="Ada"), note="Doses mended.")
    client.force_login(make_publisher())
    page = client.get("/admin/").content.decode()
    assert "Ada asked for publication on" in page
    assert "Doses mended." in page
    assert page_of(monograph, "publish") in page
    client.force_login(make_editor())
    assert "Doses mended." not in client.get("/admin/").content.decode()


def test_an_empty_desk_says_so(client):
    client.force_login(make_publisher())
    page = client.get("/admin/").content.decode()
    assert "Nobody asks for a text to be published now." in page
    assert "No page is due for review in the next 60 days." in page


def test_a_letter_that_cannot_be_sent_loses_nothing_and_names_no_address(
    settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    make_publisher(email="grace@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        monograph = make_monograph()
        monograph.ask_for_publication(by=make_editor(), note="Please.")
    assert monograph.requests.open().exists()
    assert "was not sent" in caplog.text
    assert "grace@example.org" not in caplog.text


@pytest.mark.parametrize(
    ("permissions", "shows"),
    [(EDITOR, True), (PUBLISHER, False), (["monographs.view_monograph"], False)],
)
def test_the_button_to_ask_is_for_those_who_write_and_cannot_publish(client, permissions, shows):
    monograph = make_monograph()
    client.force_login(make_user(*permissions))
    page = client.get(page_of(monograph, "change")).content.decode()
    assert (page_of(monograph, "request") in page) == shows


def test_a_publisher_who_changed_the_text_is_offered_to_ask(client, settings):
    settings.SECOND_PERSON_PUBLISHES = True
    writer = make_publisher()
    monograph = written_by(writer)
    client.force_login(writer)
    assert page_of(monograph, "request") in client.get(page_of(monograph, "change")).content.decode()


@pytest.fixture
def waiting():
    monograph = make_monograph()
    monograph.ask_for_publication(by=make_editor(), note="Please.")
    return monograph


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("page", "refused", "permitted"),
    [
        ("request", ["monographs.view_monograph"], EDITOR),
        ("return", EDITOR, PUBLISHER),
    ],
)
def test_each_page_is_for_those_who_may(client, waiting, method, page, refused, permitted):
    address = page_of(waiting, page)
    act = getattr(client, method)
    response = act(address, {"note": "x", "message": "x"})
    assert response.status_code == 302
    assert "/login/" in response["Location"]
    client.force_login(make_user(*refused))
    assert act(address, {"note": "x", "message": "x"}).status_code == 403
    assert waiting.requests.open().count() == 1
    client.force_login(make_user(*permitted))
    assert act(address, {"note": "x", "message": "x"}).status_code in (200, 302)


def test_a_page_of_a_monograph_that_does_not_exist_is_not_found(client):
    client.force_login(make_user(is_superuser=True))
    for name in ("request", "return", "sign_off", "review_due"):
        assert client.get(reverse(f"admin:monographs_monograph_{name}", args=[0])).status_code == 404


def test_asking_after_the_text_was_published_is_refused():
    monograph = make_published()
    with pytest.raises(Monograph.CannotPublish, match="Nothing has changed"):
        monograph.ask_for_publication(by=make_editor(), note="Please.")
    assert not LogEntry.objects.filter(event="requested").exists()


def test_who_would_ask_though_nothing_has_changed_is_told_so_calmly(client):
    editor = make_editor()
    monograph = make_published()
    client.force_login(editor)

    page = client.get(page_of(monograph, "request")).content.decode()

    assert "There is nothing to publish: nothing has changed since edition 1." in page
    assert "Mend this first" not in page
    assert 'role="alert"' not in page
    assert "Ask the publishers" not in page
