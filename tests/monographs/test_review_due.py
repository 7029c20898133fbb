"""When the next review of a text is due, and what shows it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from monographs.due_dates import soon
from monographs.models import Edition, PageReview
from monographs.page_cache import stamp_of
from tests.factories import make_monograph, make_published, make_user

pytestmark = pytest.mark.django_db

EDITOR = ["monographs.view_monograph", "monographs.change_monograph"]
PUBLISHER = [*EDITOR, "monographs.publish_monograph"]


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets the clock to a day and a time in UTC."""

    def set_clock(year, month, day, hour=12, minute=0, second=0):
        now = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    return set_clock


def admin_page(monograph):
    return reverse("admin:monographs_monograph_review_due", args=[monograph.pk])


def page_of(client, monograph):
    return client.get(f"/monographs/{monograph.slug}/").content.decode()


def sign(monograph):
    sign_off = monograph.send_for_sign_off(by=make_user(), recipient="Dr Okafor")
    sign_off.sign(name="Dr Okafor", credentials="FRCA", declaration="I have read it.")
    return sign_off


def review(monograph, name="Dr Ito", note=""):
    return monograph.edition_in_force.record_review(by=make_user(), name=name, note=note)


def test_the_next_review_is_due_two_years_after_the_edition_became_public(client, clock):
    clock(2026, 5, 3)
    monograph = make_published()
    assert "Not yet clinically reviewed.\nNext review due 3 May 2028." in page_of(client, monograph)


def test_the_latest_of_edition_signature_and_review_counts(clock):
    clock(2026, 1, 10)
    monograph = make_published()

    def due():
        return monograph.edition_in_force.clinical_review.due_on

    assert due() == date(2028, 1, 10)
    clock(2026, 3, 5)
    review(monograph)
    assert due() == date(2028, 3, 5)
    clock(2026, 4, 1)
    sign(monograph)
    assert due() == date(2028, 4, 1)
    clock(2026, 6, 1)
    monograph.sections.update(body="Changed.")
    monograph.publish(by=None, note="Second.")
    assert due() == date(2028, 6, 1)


def test_a_day_is_that_of_the_sites_time_zone(settings, clock):
    settings.TIME_ZONE = "Pacific/Auckland"
    with timezone.override(ZoneInfo("Pacific/Auckland")):
        clock(2026, 5, 3, hour=20)
        assert make_published().edition_in_force.clinical_review.due_on == date(2028, 5, 4)


def test_a_page_says_that_it_is_overdue_from_the_first_second_of_the_day_although_it_is_kept(client, clock):
    clock(2026, 5, 3)
    monograph = make_published()
    clock(2028, 5, 2, 23, 59, 59)
    assert "Next review due 3 May 2028." in page_of(client, monograph)
    clock(2028, 5, 3, 0, 0, 0)
    page = page_of(client, monograph)
    assert "The next review was due on 3 May 2028 and is overdue." in page
    assert "Next review due" not in page


def test_a_page_may_be_kept_until_it_becomes_overdue_or_a_scheduled_edition_comes(clock):
    clock(2026, 5, 3)
    monograph = make_published(slug="ketamine")
    overdue_from = datetime(2028, 5, 3, tzinfo=UTC)
    assert stamp_of("ketamine").until == overdue_from.timestamp()
    monograph.sections.update(body="Later.")
    scheduled = timezone.now() + timedelta(days=1)
    monograph.publish(by=None, note="Later.", public_from=scheduled)
    assert stamp_of("ketamine").until == scheduled.timestamp()
    clock(2028, 6, 1)
    assert stamp_of("ketamine").until > datetime(2028, 6, 1, tzinfo=UTC).timestamp()


def test_a_review_without_a_change_shows_on_the_kept_page_at_once_and_makes_no_edition(client, clock):
    clock(2026, 5, 3)
    monograph = make_published()
    clock(2028, 6, 1)
    assert "is overdue" in page_of(client, monograph)
    review(monograph, name="Dr Ito, MRCP", note="Compared with the BNF.")
    page = page_of(client, monograph)
    assert "Whole page reviewed without a change by Dr Ito, MRCP on 1 June 2028. Compared with the BNF." in page
    assert "Next review due 1 June 2030." in page
    assert monograph.editions.count() == 1


def test_a_new_interval_moves_the_date_on_the_kept_page_and_is_logged(client, clock):
    clock(2026, 5, 3)
    monograph = make_published()
    assert "Next review due 3 May 2028." in page_of(client, monograph)
    publisher = make_user(*PUBLISHER)
    client.force_login(publisher)
    client.post(admin_page(monograph), {"interval": "1", "review_interval": "12"})
    assert "Next review due 3 May 2027." in page_of(client, monograph)
    entry = monograph.log.get(event="interval")
    assert (entry.by, entry.note) == (publisher, "24 → 12")


@pytest.mark.parametrize("months", ["0", "121", "", "x", "-3"])
def test_an_interval_that_is_none_is_refused_beside_the_field(client, months):
    monograph = make_published()
    client.force_login(make_user(*PUBLISHER))
    response = client.post(admin_page(monograph), {"interval": "1", "review_interval": months})
    assert response.context["interval_form"].errors
    monograph.refresh_from_db()
    assert monograph.review_interval == 24


def test_an_earlier_edition_names_its_reviewers_and_no_next_date(client):
    monograph = make_published(body="One.")
    review(monograph)
    monograph.sections.update(body="Two.")
    monograph.publish(by=None, note="Second.")
    page = client.get(f"/monographs/{monograph.slug}/editions/1/").content.decode()
    assert "Whole page reviewed without a change by Dr Ito" in page
    assert "Next review due" not in page


def test_recording_a_review_in_the_admin_is_logged_with_who_reviewed_and_who_recorded(client):
    monograph = make_published()
    publisher = make_user(*PUBLISHER)
    client.force_login(publisher)
    client.post(admin_page(monograph), {"record": "1", "edition": "1", "name": "Dr Ito", "note": "All holds."})
    stored = PageReview.objects.get()
    assert (stored.name, stored.note, stored.recorded_by, stored.edition.number) == (
        "Dr Ito", "All holds.", publisher, 1,
    )  # fmt: skip
    entry = monograph.log.get(event="reviewed")
    assert (entry.by, entry.note, entry.edition) == (publisher, "Dr Ito: All holds.", stored.edition)
    assert "All holds." in client.get(admin_page(monograph)).content.decode()


def test_a_review_needs_a_name_and_keeps_the_note(client):
    monograph = make_published()
    client.force_login(make_user(*PUBLISHER))
    page = client.post(
        admin_page(monograph), {"record": "1", "edition": "1", "name": "", "note": "Typed with care."}
    ).content.decode()
    assert "Say who reviewed the page." in page
    assert "Typed with care." in page


def test_a_review_of_an_edition_that_is_not_in_force_any_more_is_refused_with_everything_kept(client):
    monograph = make_published(body="One.")
    client.force_login(make_user(*PUBLISHER))
    monograph.sections.update(body="Two.")
    monograph.publish(by=None, note="Second.")
    for seen in ("1", "7", "x"):
        response = client.post(admin_page(monograph), {"record": "1", "edition": seen, "name": "Dr Ito", "note": "Ok."})
        page = response.content.decode()
        assert "Dr Ito" in page
        assert 'name="edition" value="2"' in page
    assert not PageReview.objects.exists()


def test_a_monograph_that_nobody_can_read_has_nothing_to_review(client):
    client.force_login(make_user(*PUBLISHER))
    assert "Readers see no edition of this monograph now" in client.get(admin_page(make_monograph())).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_page_is_for_those_who_write_and_recording_for_those_who_publish(client, method):
    monograph = make_published()
    act = getattr(client, method)
    data = {"record": "1", "edition": "1", "name": "Dr Ito"}
    response = act(admin_page(monograph), data)
    assert response.status_code == 302
    assert "/login/" in response["Location"]
    client.force_login(make_user("monographs.view_monograph"))
    assert act(admin_page(monograph), data).status_code == 403
    client.force_login(make_user(*EDITOR))
    assert act(admin_page(monograph), data).status_code == (200 if method == "get" else 403)
    assert not PageReview.objects.exists()
    client.force_login(make_user(*PUBLISHER))
    assert act(admin_page(monograph), data).status_code == (200 if method == "get" else 302)


def published_on(clock, *day, **kwargs):
    clock(*day)
    return make_published(**kwargs)


@pytest.fixture
def library(clock):
    published_on(clock, 2026, 5, 3, title="Overdue")
    published_on(clock, 2026, 7, 30, title="Soon")
    published_on(clock, 2026, 8, 1, title="Later")
    clock(2028, 6, 1)
    make_monograph(title="Never")


def test_what_is_due_within_sixty_days_and_overdue_is_listed_the_longest_due_first(library):
    found = [(edition.title, edition.standing.is_overdue) for edition in Edition.objects.due(until=soon())]
    assert found == [
        ("Overdue", True),
        ("Soon", False),
    ]


def test_what_is_due_costs_one_query_however_much_there_is(library, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [edition.standing.due_on for edition in Edition.objects.due(until=soon())] == [
            date(2028, 5, 3),
            date(2028, 7, 30),
        ]


def test_the_admins_front_page_lists_what_is_due(client, library):
    client.force_login(make_user(*EDITOR))
    page = client.get("/admin/").content.decode()
    assert "overdue since 3 May 2028" in page
    assert "due on 30 July 2028" in page
    assert "Later" not in page
    client.force_login(make_user("monographs.view_monograph"))
    assert "overdue since" not in client.get("/admin/").content.decode()


def test_digests_go_to_editors_and_publishers_with_an_address(library, capsys):
    make_user(*EDITOR, email="ada@example.org")
    make_user(*PUBLISHER, email="grace@example.org")
    make_user(*EDITOR)
    make_user(*EDITOR, email="gone@example.org", is_active=False)
    make_user("monographs.view_monograph", email="reader@example.org")
    monograph = make_monograph(title="Asked")
    monograph.ask_for_publication(by=make_user(first_name="Lin"), note="Doses mended.")
    call_command("send_digests")
    assert sorted(letter.to[0] for letter in mail.outbox) == ["ada@example.org", "grace@example.org"]
    body = mail.outbox[0].body
    assert "- Asked: Lin asked for publication on 1 June 2028" in body
    assert "Doses mended." in body
    assert "- Overdue: was due on 3 May 2028" in body
    assert "- Soon: due on 30 July 2028" in body
    assert "Later" not in body
    assert "Sent: 2 digests," in capsys.readouterr().out


def test_when_nothing_waits_no_digest_is_sent(capsys):
    make_published()
    make_user(*PUBLISHER, email="grace@example.org")
    call_command("send_digests")
    assert not mail.outbox
    assert "Sent: 0 digests," in capsys.readouterr().out
