"""The publisher's page: links are made, sent, read and revoked."""

import pytest
from django.core import mail

from monographs.models import SignOff
from tests.factories import make_monograph, make_user
from tests.monographs.sign_off.acts import EDITOR, PUBLISHER, admin_page, send

pytestmark = pytest.mark.django_db


def test_a_publisher_makes_a_link_that_is_shown_once_and_sent_to_the_address(client, publisher):
    monograph = make_monograph(title="Ketamine")
    client.force_login(publisher)
    response = client.post(admin_page(monograph), {"recipient": "Dr Okafor", "email": "okafor@example.org"})
    link = response.context["link"]
    assert link.startswith("http://testserver/sign-off/")
    assert link in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    [letter] = mail.outbox
    assert letter.to == ["okafor@example.org"]
    assert link in letter.body
    assert "Grace asks you to read the text on Ketamine" in letter.body
    assert "okafor@example.org" not in str(vars(SignOff.objects.get()))
    assert monograph.log.get().note == "Dr Okafor"
    assert link not in client.get(admin_page(monograph)).content.decode()
    client.logout()
    assert client.get(link).status_code == 200


def test_the_same_text_is_not_sent_twice_to_the_same_person(client, publisher):
    monograph = make_monograph()
    client.force_login(publisher)
    client.post(admin_page(monograph), {"recipient": "Dr Okafor"})
    page = client.post(admin_page(monograph), {"recipient": "Dr Okafor", "email": "o@example.org"}).content.decode()
    assert "Dr Okafor has this text already." in page
    assert "o@example.org" in page
    assert not mail.outbox
    assert SignOff.objects.count() == 1


def test_a_letter_that_cannot_be_sent_is_said_and_the_link_is_there_to_copy(client, publisher, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    client.force_login(publisher)
    response = client.post(admin_page(make_monograph()), {"recipient": "Dr Okafor", "email": "o@example.org"})
    assert "The letter could not be sent." in response.content.decode()
    assert "/sign-off/" in response.content.decode()


def test_a_text_that_could_not_be_published_is_not_sent_and_what_was_typed_stays(client, publisher):
    monograph = make_monograph(summary="")
    client.force_login(publisher)
    page = client.post(admin_page(monograph), {"recipient": "Dr Okafor", "email": "o@example.org"}).content.decode()
    assert "The monograph has no summary." in page
    assert "Dr Okafor" in page
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("data", [{"recipient": ""}, {"recipient": "Dr Okafor", "email": "okafor"}])
def test_sending_needs_a_name_and_takes_only_an_address_that_is_one(client, publisher, data):
    client.force_login(publisher)
    page = client.post(admin_page(make_monograph()), data).content.decode()
    assert "Give the clinician’s name." in page or "Write the e-mail address in full" in page
    assert not SignOff.objects.exists()


def test_comments_stand_in_the_admin_section_by_section(client):
    monograph = make_monograph()
    send(monograph).send_back(
        name="Dr Okafor",
        comments=[
            {"anchor": "uses", "heading": "Medical uses", "text": "Cite this."},
            {"anchor": "effects", "heading": "Side effects", "text": "Liver?"},
        ],
    )
    client.force_login(make_user(*EDITOR))
    page = client.get(admin_page(monograph)).content.decode()
    assert "<dt>Medical uses</dt><dd>Cite this.</dd>" in page
    assert "<dt>Side effects</dt><dd>Liver?</dd>" in page
    assert "Make the link" not in page


def test_a_publisher_revokes_a_link_and_it_is_logged(client, publisher):
    monograph = make_monograph()
    sign_off = send(monograph)
    client.force_login(publisher)
    client.post(admin_page(monograph), {"revoke": sign_off.pk})
    assert client.get(sign_off.get_absolute_url()).status_code == 410
    assert monograph.log.get(event="revoked").by == publisher
    response = client.post(admin_page(monograph), {"revoke": sign_off.pk}, follow=True)
    assert "could not be revoked: revoked" in response.content.decode()
    for made_up in ("0", "x", "-1"):
        response = client.post(admin_page(monograph), {"revoke": made_up}, follow=True)
        assert "There is no such link." in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_sign_off_page_is_for_those_who_write_and_sending_for_those_who_publish(client, method):
    monograph = make_monograph()
    act = getattr(client, method)
    response = act(admin_page(monograph), {"recipient": "Dr Okafor"})
    assert response.status_code == 302
    assert "/login/" in response["Location"]
    client.force_login(make_user("monographs.view_monograph"))
    assert act(admin_page(monograph), {"recipient": "Dr Okafor"}).status_code == 403
    client.force_login(make_user(*EDITOR))
    assert act(admin_page(monograph), {"recipient": "Dr Okafor"}).status_code == (200 if method == "get" else 403)
    assert not SignOff.objects.exists()
    client.force_login(make_user(*PUBLISHER))
    assert act(admin_page(monograph), {"recipient": "Dr Okafor"}).status_code == 200
