"""The link that a clinician gets, and the answer."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from monographs.models import SignOff
from monographs.signing import find
from tests.factories import make_monograph, make_user
from tests.monographs.sign_off.acts import SIGNED, admin_page, page_of, send

pytestmark = pytest.mark.django_db


# The link


def test_the_link_is_stored_as_a_hash_only_and_leads_to_one_text():
    sign_off = send(make_monograph())
    stored = SignOff.objects.get()
    assert stored.token == ""
    assert sign_off.token not in "".join(str(value) for value in vars(stored).values())
    assert find(sign_off.token) == stored


@pytest.mark.parametrize("token", ["x", "x.y", "é", "a" * 3_000, "..", "%00"])
def test_a_made_up_link_says_what_to_do(client, token):
    response = client.get(f"/sign-off/{token}/")
    assert response.status_code == 404
    assert "ask whoever sent it for a new one" in response.content.decode()


def test_a_link_with_a_letter_changed_is_a_made_up_one(client):
    token = send(make_monograph()).token
    assert client.get(f"/sign-off/{token[:-1]}{'a' if token[-1] != 'a' else 'b'}/").status_code == 404


def test_the_page_behind_the_link_sets_no_cookie_and_is_kept_and_found_by_nobody(client):
    sign_off = send(make_monograph())
    for address in (sign_off.get_absolute_url(), "/sign-off/made-up/"):
        response = client.get(address)
        assert not response.cookies
        assert not response.has_header("Vary")
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in response.content.decode()
        assert "unsafe" not in response["Content-Security-Policy"]


def test_the_page_shows_the_text_as_readers_will_see_it_with_a_box_for_each_section(client):
    monograph = make_monograph(title="Ketamine", body="It **blocks** receptors.[@a-1]")
    monograph.references.create(key="a-1", authors="Anis NA", year=1983, title="Dissociation", source="Br J Pharmacol")
    sign_off = send(monograph)
    page = client.get(sign_off.get_absolute_url()).content.decode()
    edition = monograph.publish(by=None, note="First.")
    for section in edition.sections:
        assert section["html"] in page
        assert f"Your comment on “{section['heading']}”" in page
    assert "Dissociation" in page
    assert "The page as a whole" in page


def test_the_page_shows_the_text_that_was_sent_and_says_when_it_was_changed_since(client):
    monograph = make_monograph(body="Old words.")
    address = send(monograph).get_absolute_url()
    assert "have changed their text" not in client.get(address).content.decode()
    monograph.sections.update(body="New words.")
    page = client.get(address).content.decode()
    assert "Old words." in page
    assert "New words." not in page
    assert "The editors have changed their text since this link was sent." in page


def test_the_links_days_are_those_of_the_setting_and_an_expired_one_says_what_to_do(client, settings, monkeypatch):
    settings.SIGN_OFF_DAYS = 3
    sign_off = send(make_monograph(), by=make_user(first_name="Grace"))
    assert sign_off.expires_at - sign_off.sent_at == timedelta(days=3)
    monkeypatch.setattr(timezone, "now", lambda: sign_off.expires_at)
    response = client.get(sign_off.get_absolute_url())
    assert response.status_code == 410
    assert "expired on" in response.content.decode()
    assert "Ask Grace, who sent it, for a new link." in response.content.decode()


def test_what_is_typed_into_an_expired_link_is_given_back(client, monkeypatch):
    sign_off = send(make_monograph())
    monkeypatch.setattr(timezone, "now", lambda: sign_off.expires_at)
    response = client.post(sign_off.get_absolute_url(), {**SIGNED, "comment_2": "Typed with <care>."})
    assert response.status_code == 410
    assert "What you typed was not sent" in response.content.decode()
    assert "Typed with &lt;care&gt;." in response.content.decode()
    assert SignOff.objects.get().status == "sent"


def test_a_revoked_link_says_what_to_do(client, publisher):
    sign_off = send(make_monograph(), by=publisher)
    sign_off.revoke(by=publisher)
    response = client.post(sign_off.get_absolute_url(), SIGNED)
    assert response.status_code == 410
    assert "was revoked" in response.content.decode()
    assert SignOff.objects.get().status == "revoked"


def test_a_link_is_used_once_and_says_so_afterwards(client):
    sign_off = send(make_monograph(title="Ketamine"))
    assert client.post(sign_off.get_absolute_url(), SIGNED).status_code == 303
    again = client.post(sign_off.get_absolute_url(), {**SIGNED, "name": "Somebody Else"})
    assert again.status_code == 200
    assert "The text on Ketamine was signed by Dr Amara Okafor, FRCA" in again.content.decode()
    assert SignOff.objects.get().name == "Dr Amara Okafor"


# The answer


def test_signing_stores_who_when_and_what_was_declared_and_tells_the_publisher(
    client, publisher, django_capture_on_commit_callbacks
):
    monograph = make_monograph(title="Ketamine")
    sign_off = send(monograph, by=publisher)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(sign_off.get_absolute_url(), {**SIGNED, "comment_1": "Well put."})
    sign_off.refresh_from_db()
    assert (sign_off.status, sign_off.name, sign_off.credentials) == ("signed", "Dr Amara Okafor", "FRCA")
    assert sign_off.declaration.startswith("I have read this text from beginning to end.")
    assert sign_off.comments == [{"anchor": "uses", "heading": "Medical uses", "text": "Well put."}]
    entry = monograph.log.get(event="signed")
    assert (entry.by, entry.actor, entry.note) == (None, "Dr Amara Okafor", "Medical uses: Well put.")
    [letter] = mail.outbox
    assert letter.to == ["grace@example.org"]
    assert letter.subject == "Ketamine is signed"
    assert "Well put." in letter.body
    assert admin_page(monograph) in letter.body


def test_returning_takes_comments_and_name_and_no_declaration(client, publisher, django_capture_on_commit_callbacks):
    monograph = make_monograph(title="Ketamine")
    sign_off = send(monograph, by=publisher)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(
            sign_off.get_absolute_url(),
            {"return": "1", "name": "Dr Amara Okafor", "comment_0": "Too long.", "comment_4": "Liver?"},
        )
    sign_off.refresh_from_db()
    assert sign_off.status == "returned"
    assert [(comment["anchor"], comment["text"]) for comment in sign_off.comments] == [
        ("", "Too long."),
        ("effects", "Liver?"),
    ]
    assert monograph.log.get(event="objected").actor == "Dr Amara Okafor"
    assert mail.outbox[0].subject == "Ketamine comes back with comments"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "Give your name."),
        ({"name": "–"}, "Give your name."),
        ({"name": "\x00\u202e"}, "Give your name."),
        ({"credentials": ""}, "Give your credentials"),
        ({"declaration": None}, "Tick this box to sign."),
        ({"comment_3": "x" * 5_001}, "Shorten this to 5000 characters. It has 5001 now."),
        ({"name": "N" * 121}, "Shorten this to 120 characters."),
        ({"sign": None, "return": "1", "comment_2": None}, "Write what should change"),
    ],
)
def test_a_refused_answer_keeps_everything_typed_and_says_what_to_mend(client, change, sentence):
    sign_off = send(make_monograph())
    typed = {**SIGNED, "comment_2": "Typed with care.", **change}
    page = client.post(
        sign_off.get_absolute_url(), {name: value for name, value in typed.items() if value is not None}
    ).content.decode()
    assert sentence in page
    assert "Your answer has not been sent yet" in page
    assert ("Typed with care." in page) == ("comment_2" not in change)
    assert ('value="FRCA"' in page) == (change.get("credentials") is None)
    assert SignOff.objects.get().status == "sent"


def test_a_hostile_answer_is_shown_as_text_and_never_as_a_page(client, publisher):
    monograph = make_monograph()
    sign_off = send(monograph, by=publisher)
    hostile = "<script>alert(1)</script>\x00\u202e" + "[" * 4_000
    response = client.post(
        sign_off.get_absolute_url(), {**SIGNED, "name": "<b>Ada</b>\x00\u202e", "comment_1": hostile}
    )
    assert response.status_code == 303
    monograph.publish(by=None, note="First.")
    client.force_login(publisher)
    for page in (page_of(client, monograph), client.get(admin_page(monograph)).content.decode()):
        assert "&lt;b&gt;Ada&lt;/b&gt;" in page
        assert "<script>alert" not in page
        assert "\u202e" not in page


def test_the_database_keeps_signatures_whole():
    sign_off = send(make_monograph())
    for broken in (
        {"status": "signed"},
        {"status": "signed", "answered_at": timezone.now(), "name": "Ada", "credentials": "FRCA"},
        {"status": "returned", "name": "Ada"},
        {"status": "revoked"},
        {"revoked_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignOff.objects.filter(pk=sign_off.pk).update(**broken)
