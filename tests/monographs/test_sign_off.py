from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from monographs.models import Monograph, SignOff, Standing
from monographs.signing import find
from tests.factories import make_monograph, make_published, make_user
from tests.races import at_once

pytestmark = pytest.mark.django_db

EDITOR = ["monographs.view_monograph", "monographs.change_monograph"]
PUBLISHER = [*EDITOR, "monographs.publish_monograph"]
SIGNED = {"name": "Dr Amara Okafor", "credentials": "FRCA", "declaration": "on", "sign": "1"}


@pytest.fixture
def publisher():
    return make_user(*PUBLISHER, first_name="Grace", email="grace@example.org")


def send(monograph, by=None, recipient="Dr Okafor"):
    return monograph.send_for_sign_off(by=by or make_user(), recipient=recipient)


def sign(monograph, name="Dr Amara Okafor", credentials="FRCA"):
    sign_off = send(monograph)
    sign_off.sign(name=name, credentials=credentials, declaration="I have read it.")
    return sign_off


def admin_page(monograph):
    return reverse("admin:monographs_monograph_sign_off", args=[monograph.pk])


def page_of(client, monograph):
    return client.get(f"/monographs/{monograph.slug}/").content.decode()


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


# What readers see


def test_a_text_that_was_signed_names_the_clinician_and_the_day_once_it_is_published(client):
    monograph = make_monograph(slug="ketamine")
    sign(monograph)
    monograph.publish(by=None, note="First.")
    today = timezone.localdate()
    day = f"{today.day} {today:%B %Y}"
    assert f"Clinically reviewed by Dr Amara Okafor, FRCA, on {day}." in page_of(client, monograph)


def test_without_a_signature_the_page_says_not_yet_clinically_reviewed(client):
    assert "Not yet clinically reviewed." in page_of(client, make_published())


def test_any_later_change_needs_a_new_signature(client):
    monograph = make_monograph(body="One.")
    sign(monograph)
    monograph.publish(by=None, note="First.")
    monograph.sections.filter(kind="uses").update(body="One!")
    monograph.publish(by=None, note="Second.", is_substantive=False)
    assert "Not yet clinically reviewed." in page_of(client, monograph)
    assert "Dr Amara Okafor" in client.get(f"/monographs/{monograph.slug}/editions/1/").content.decode()
    monograph.sections.update(body="One.")
    monograph.publish(by=None, note="Third, as the first.")
    assert "Clinically reviewed by Dr Amara Okafor" in page_of(client, monograph)


def test_a_signature_for_one_monograph_is_none_for_another_with_the_same_text(client):
    first, second = (make_monograph(title="Same", slug=slug) for slug in ("one", "two"))
    sign(first)
    second.publish(by=None, note="First.")
    assert "Not yet clinically reviewed." in page_of(client, second)


def test_a_page_that_was_kept_shows_a_signature_on_the_next_request_and_loses_a_revoked_one(client, publisher):
    monograph = make_published()
    assert "Not yet clinically reviewed." in page_of(client, monograph)
    sign_off = sign(monograph)
    assert "Clinically reviewed by Dr Amara Okafor" in page_of(client, monograph)
    sign_off.revoke(by=publisher)
    assert "Not yet clinically reviewed." in page_of(client, monograph)


def test_a_text_that_was_returned_or_not_answered_is_not_reviewed(client):
    monograph = make_published()
    send(monograph, recipient="Dr Silent")
    send(monograph, recipient="Dr No").send_back(name="Dr No", comments=[{"heading": "All", "text": "No."}])
    assert "Not yet clinically reviewed." in page_of(client, monograph)


@pytest.mark.django_db(transaction=True)
def test_a_signature_and_the_edition_that_come_at_once_see_each_other():
    for _round in range(4):
        monograph = make_monograph()
        sign_off = send(monograph)
        results = at_once(
            lambda monograph=monograph: monograph.publish(by=None, note="First."),
            lambda sign_off=sign_off: sign_off.sign(name="Dr Okafor", credentials="FRCA", declaration="Read."),
        )
        assert not any(isinstance(result, Exception) for result in results), results
        assert monograph.edition_in_force.clinical_review.signature == sign_off


@pytest.mark.django_db(transaction=True)
def test_a_link_that_is_answered_twice_at_once_is_answered_once():
    sign_off = send(make_monograph())
    results = at_once(
        lambda: SignOff.objects.get(pk=sign_off.pk).sign(name="Ada", credentials="MD", declaration="Read."),
        lambda: SignOff.objects.get(pk=sign_off.pk).send_back(name="Ada", comments=[{"heading": "All", "text": "No."}]),
    )
    assert sum(isinstance(result, SignOff.NotOpen) for result in results) == 1
    assert sign_off.monograph.log.exclude(event="sent").count() == 1


def test_verify_names_a_text_or_a_standing_that_is_not_the_one_that_was_stored(capsys):
    monograph = make_published(title="Ketamine")
    sign_off = sign(monograph)
    call_command("verify")
    SignOff.objects.filter(pk=sign_off.pk).update(contents={**sign_off.contents, "title": "Other"})
    Standing.objects.update(signature=None)
    with pytest.raises(CommandError):
        call_command("verify")
    found = capsys.readouterr().out
    assert f"Sign-off {sign_off.pk}: the stored text is not the one that was sent" in found
    assert "Ketamine, edition 1: who signed or reviewed it is not shown as it was recorded (signature differs)" in found


def test_with_the_setting_nothing_is_published_without_a_signature_for_exactly_this_text(settings):
    settings.REQUIRE_SIGN_OFF = True
    monograph = make_monograph(body="One.")
    sign(monograph)
    monograph.sections.filter(kind="uses").update(body="Two.")
    for by in (None, make_user(*PUBLISHER)):
        with pytest.raises(Monograph.CannotPublish, match="No clinician has signed exactly this text"):
            monograph.publish(by=by, note="First.")
    monograph.sections.update(body="One.")
    assert monograph.publish(by=None, note="First.").number == 1


def test_the_publish_page_says_whether_this_text_is_signed(client, publisher, settings):
    monograph = make_monograph()
    client.force_login(publisher)
    address = reverse("admin:monographs_monograph_publish", args=[monograph.pk])
    assert "No clinician has signed exactly this text." in client.get(address).content.decode()
    sign(monograph)
    assert "Dr Amara Okafor, FRCA, signed exactly this text on" in client.get(address).content.decode()


# The publisher's page


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
