"""Django's own history and the monograph's log tell the same: who did what, in the same order."""

import pytest
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from monographs.models import Correction, Edition, LogEntry, Monograph, SignOff
from tests.factories import make_correction, make_monograph, make_user
from tests.monographs.conflicts.editors import EDITOR, Editor

pytestmark = pytest.mark.django_db

EVENTS = [
    ("saved", "ada"),
    ("requested", "ada"),
    ("returned", "paul"),
    ("saved", "ada"),
    ("sent", "paul"),
    ("revoked", "paul"),
    ("published", "paul"),
    ("reviewed", "paul"),
    ("interval", "paul"),
    ("accepted", "ada"),
    ("saved", "ada"),
    ("scheduled", "paul"),
    ("cancelled", "paul"),
    ("restored", "ada"),
    ("withdrawn", "paul"),
]


class Story:
    def __init__(self):
        self.monograph = make_monograph(title="Ketamine", body="Old.")
        self.ada = Editor(self.monograph, username="ada")
        self.paul = Editor(self.monograph, username="paul")
        for editor, more in ((self.ada, []), (self.paul, ["monographs.publish_monograph"])):
            granted = make_user(*EDITOR, "monographs.view_edition", *more).user_permissions.all()
            editor.user.user_permissions.set(granted)

    def save(self, text):
        self.ada.open()
        self.ada.save(**{self.ada.row(self.monograph.sections.first().pk) + "body": text})

    def post(self, editor, page, of=None, **data):
        of = of or self.monograph
        address = reverse(f"admin:monographs_{of._meta.model_name}_{page}", args=[of.pk])
        assert editor.client.post(address, data).status_code in (200, 302)

    def digest(self):
        from monographs.publishing import contents_of, digest_of

        return digest_of(contents_of(Monograph.objects.get(pk=self.monograph.pk)))

    def tell(self):
        ada, paul = self.ada, self.paul
        self.save("New.")
        self.post(ada, "request", note="Please.")
        self.post(paul, "return", message="Name the source.")
        self.save("Newer.")
        self.post(paul, "sign_off", recipient="Dr Okafor")
        self.post(paul, "sign_off", revoke=SignOff.objects.get().pk)
        self.post(paul, "publish", note="First.", publish="", digest=self.digest())
        first = Edition.objects.get()
        self.post(paul, "review_due", record="1", name="Dr Okafor", edition="1")
        self.post(paul, "review_due", interval="1", review_interval="12")
        self.post(ada, "change", of=make_correction(monograph=self.monograph), answer="Yes.", accept="1")
        self.save("Newest.")
        later = {"schedule": "", "public_from": "2099-01-01T09:00"}
        self.post(paul, "publish", note="Second.", digest=self.digest(), **later)
        self.post(paul, "withdraw", of=Edition.objects.get(number=2), reason="Too early.")
        self.post(ada, "restore", of=first)
        self.post(paul, "withdraw", of=first, reason="Wrong.")


def test_every_act_stands_in_both_logs_with_the_same_person_in_the_same_order():
    story = Story()
    story.tell()

    log = list(LogEntry.objects.filter(monograph=story.monograph).order_by("at", "pk"))
    assert [(entry.event, entry.by.username) for entry in log] == EVENTS
    own = ContentType.objects.get_for_models(Monograph, Edition, Correction).values()
    entries = list(AdminLogEntry.objects.filter(content_type__in=own).order_by("action_time", "pk"))
    assert [entry.user.username for entry in entries] == [username for _event, username in EVENTS]
    for entry, told in zip(log, entries, strict=True):
        assert abs((entry.at - told.action_time).total_seconds()) < 60


def test_a_save_that_changes_nothing_stands_in_neither_log():
    story = Story()
    story.ada.save()
    assert not LogEntry.objects.exists()
    assert not AdminLogEntry.objects.exists()
