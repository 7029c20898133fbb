"""Who else has the page open."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from monographs.models import Editing
from tests.factories import make_user
from tests.monographs.conflicts.editors import EDITOR

pytestmark = pytest.mark.django_db


def presence(monograph):
    return reverse("admin:monographs_monograph_presence", args=[monograph.pk])


def test_whoever_opens_the_page_sees_who_has_it_open_already_and_since_when(monograph, ada, bob):
    assert not re.search("has this page open since", ada.page)
    since = Editing.objects.get(user=ada.user).since
    assert f"Ada Lovelace has this page open since {since:%H:%M}" in bob.page
    assert "bob has this page open" not in bob.page


def test_an_open_page_hears_of_others_and_of_their_saves(monograph, ada, bob):
    opened = monograph.changed_at.isoformat()
    assert ada.client.post(presence(monograph), {"opened": opened}).json() == {
        "notices": [f"bob has this page open since {Editing.objects.get(user=bob.user).since:%H:%M}."]
    }
    bob.save(**{"summary": "Bob’s summary."})
    [_open, saved] = ada.client.post(presence(monograph), {"opened": opened}).json()["notices"]
    assert re.match(
        r"bob saved this text on .*, after you had opened it\. When you save, you will see both texts\.", saved
    )


@pytest.mark.parametrize("opened", ["", "yesterday", "2024-13-45T99:00", "2024-01-01T00:00:00"])
def test_a_time_that_is_none_is_no_mistake(monograph, ada, opened):
    assert ada.client.post(presence(monograph), {"opened": opened}).json() == {"notices": []}


def test_somebody_who_left_is_not_named_any_more_and_starts_anew(monograph, ada, bob):
    long_ago = timezone.now() - timedelta(hours=3)
    Editing.objects.filter(user=ada.user).update(since=long_ago, seen_at=timezone.now() - timedelta(seconds=91))
    assert bob.client.post(presence(monograph)).json() == {"notices": []}
    ada.client.post(presence(monograph))
    assert Editing.objects.get(user=ada.user).since > long_ago


def test_a_page_that_stays_open_keeps_the_time_when_it_was_opened(monograph, ada, bob):
    since = timezone.now() - timedelta(days=1)
    Editing.objects.filter(user=ada.user).update(since=since)
    ada.client.post(presence(monograph))
    [notice] = bob.client.post(presence(monograph)).json()["notices"]
    assert f"since {since.day} {since:%B %Y} at {since:%H:%M} UTC" in notice


@pytest.mark.parametrize(("permissions", "status"), [(None, 302), (["monographs.view_monograph"], 403), (EDITOR, 200)])
def test_only_those_who_may_change_the_text_report_and_hear_of_others(client, monograph, permissions, status):
    if permissions is not None:
        client.force_login(make_user(*permissions))
    assert client.post(presence(monograph)).status_code == status


def test_the_address_for_reports_takes_reports_alone(client, monograph, ada):
    assert ada.client.get(presence(monograph)).status_code == 405
    assert ada.client.post(f"/admin/monographs/monograph/{monograph.pk + 1}/presence/").status_code == 404


def test_reports_cost_the_same_whoever_else_is_there(monograph, ada, django_assert_max_num_queries):
    for _ in range(10):
        Editing.objects.record(monograph, make_user())
    with django_assert_max_num_queries(16):
        ada.client.post(presence(monograph), {"opened": monograph.changed_at.isoformat()})
