"""What publishers and clinicians do with a text to be signed."""

from django.urls import reverse

from tests.factories import make_user

EDITOR = ["monographs.view_monograph", "monographs.change_monograph"]
PUBLISHER = [*EDITOR, "monographs.publish_monograph"]
SIGNED = {"name": "Dr Amara Okafor", "credentials": "FRCA", "declaration": "on", "sign": "1"}


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
