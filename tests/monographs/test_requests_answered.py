"""Requests for publication are answered: published, or returned with a message."""

import pytest
from django.core import mail

from monographs.models import PublicationRequest
from tests.factories import make_monograph
from tests.monographs.asking import events_of, make_editor, make_publisher, page_of
from tests.races import at_once

pytestmark = pytest.mark.django_db


def test_publishing_answers_the_request(client):
    publisher = make_publisher(first_name="Grace")
    monograph = make_monograph()
    asked = monograph.ask_for_publication(by=make_editor(), note="Please.")
    client.force_login(publisher)
    page = client.get(page_of(monograph, "publish"))
    assert "Please." in page.content.decode()
    client.post(page_of(monograph, "publish"), {"note": "First.", "answers": page.context["form"]["answers"].value()})
    asked.refresh_from_db()
    assert (asked.status, asked.answered_by, asked.edition.number) == ("published", publisher, 1)
    assert asked.sentence.startswith("Grace made it edition 1 on")
    assert "asked for publication" not in client.get(page_of(monograph, "change")).content.decode()


def test_a_returned_text_goes_back_with_a_message_and_can_be_asked_for_again(
    client, django_capture_on_commit_callbacks
):
    editor, publisher = make_editor(email="ada@example.org"), make_publisher(first_name="Grace")
    monograph = make_monograph(title="Ketamine")
    asked = monograph.ask_for_publication(by=editor, note="Please.")
    client.force_login(publisher)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{page_of(monograph, 'return')}?request={asked.pk}", {"message": "Cite the dose."})
    asked.refresh_from_db()
    assert (asked.status, asked.answered_by, asked.message) == ("returned", publisher, "Cite the dose.")
    assert events_of(monograph)[-1] == ("returned", publisher, "Cite the dose.")
    [letter] = mail.outbox
    assert letter.to == ["ada@example.org"]
    assert "Grace has returned Ketamine to you:" in letter.body
    assert "Cite the dose." in letter.body
    client.force_login(editor)
    page = client.get(page_of(monograph, "change")).content.decode()
    assert "Grace returned the request on" in page
    assert "Cite the dose." in page
    assert monograph.ask_for_publication(by=editor, note="Cited.").is_open


def test_returning_needs_a_message(client):
    monograph = make_monograph()
    asked = monograph.ask_for_publication(by=make_editor(), note="Please.")
    client.force_login(make_publisher())
    page = client.post(page_of(monograph, "return"), {"message": ""}).content.decode()
    assert "Say what should be mended." in page
    asked.refresh_from_db()
    assert asked.is_open


def test_who_publishes_after_somebody_returned_the_text_is_told_who_and_nothing_is_published(client):
    monograph = make_monograph()
    asked = monograph.ask_for_publication(by=make_editor(), note="Please.")
    client.force_login(make_publisher())
    seen = client.get(page_of(monograph, "publish")).context["form"]["answers"].value()
    asked.send_back(by=make_publisher(first_name="Grace"), message="Not yet.")
    response = client.post(page_of(monograph, "publish"), {"note": "First.", "answers": seen})
    assert "Grace returned the request on" in response.content.decode()
    assert "First." in response.content.decode()
    assert not monograph.editions.exists()


def test_who_returns_after_somebody_published_is_told_who_and_keeps_the_message(client):
    monograph = make_monograph()
    asked = monograph.ask_for_publication(by=make_editor(), note="Please.")
    monograph.publish(by=make_publisher(first_name="Grace"), note="First.")
    client.force_login(make_publisher())
    response = client.post(f"{page_of(monograph, 'return')}?request={asked.pk}", {"message": "Typed with care."})
    assert "Grace made it edition 1 on" in response.content.decode()
    assert "Typed with care." in response.content.decode()
    assert monograph.requests.get().status == "published"


@pytest.mark.django_db(transaction=True)
def test_of_two_publishers_who_answer_at_once_one_wins_and_the_other_is_told_who():
    for number in range(4):
        monograph = make_monograph()
        asked = monograph.ask_for_publication(by=make_editor(), note="Please.")
        first, second = (make_publisher(first_name=f"{name}{number}") for name in ("Ada", "Grace"))
        results = at_once(
            lambda by=first, asked=asked: asked.monograph.publish(by=by, note="First.", answers=asked),
            lambda by=second, asked=asked: asked.send_back(by=by, message="Not yet."),
        )
        current = PublicationRequest.objects.get(pk=asked.pk)
        [loser] = [result for result in results if isinstance(result, Exception)]
        assert current.answerer in str(loser)
        assert (current.status == "published") == monograph.editions.exists()
        assert monograph.log.exclude(event="requested").count() == 1
