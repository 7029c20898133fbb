"""What a signature means for readers and for publishing."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from monographs.models import Monograph, SignOff, Standing
from tests.factories import make_monograph, make_published, make_user
from tests.monographs.sign_off.acts import PUBLISHER, page_of, send, sign
from tests.races import at_once

pytestmark = pytest.mark.django_db


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
