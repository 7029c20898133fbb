"""The admin's front page: what waits for editors, publishers and moderators."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from monographs.desk import Desk
from monographs.few import MOST
from monographs.models import Edition, Monograph, Standing
from monographs.publishing import take_stock
from tests.factories import make_correction, make_monograph, make_published, make_user
from tests.factories_reviews import make_moderator, make_review

pytestmark = pytest.mark.django_db

EDITOR = ["monographs.view_monograph", "monographs.change_monograph", "monographs.add_monograph"]
PUBLISHER = [*EDITOR, "monographs.publish_monograph"]


@pytest.fixture
def editor():
    return make_user(*EDITOR, username="edith", first_name="Edith", last_name="Poe")


@pytest.fixture
def publisher():
    return make_user(*PUBLISHER, username="paul")


def desk_page(client, user):
    client.force_login(user)
    return html.unescape(client.get(reverse("admin:index")).content.decode())


def block_of(page, name):
    return re.search(rf'<div class="module" id="desk-{name}">.*?</div>\n(?=<div class="module"|</div>|\Z)', page, re.S)[
        0
    ]


def let_be_due(monograph, day):
    Standing.objects.filter(edition__monograph=monograph).update(due_on=day)


def change(monograph, by=None):
    monograph.sections.update(body="Other.")
    Monograph.objects.filter(pk=monograph.pk).update(changed_by=by, changed_at=timezone.now())
    monograph.refresh_from_db()
    take_stock(monograph)


def test_a_request_waits_for_publishers_and_not_for_editors(client, editor, publisher):
    make_monograph(title="Ketamine").ask_for_publication(by=editor, note="New dose.")

    block = block_of(desk_page(client, publisher), "requests")
    assert "Edith Poe asked for publication on" in block
    assert "New dose." in block
    assert "desk-requests" not in desk_page(client, editor)


def test_a_text_that_came_back_waits_for_who_asked_until_they_ask_again_or_it_is_published(client, editor, publisher):
    monograph = make_monograph(title="Ketamine")
    monograph.ask_for_publication(by=editor, note="New dose.").send_back(by=publisher, message="Name the source.")

    block = block_of(desk_page(client, editor), "returned")
    assert "Ketamine" in block
    assert "Name the source." in block
    assert "Ketamine" not in block_of(desk_page(client, publisher), "returned")

    asked = monograph.ask_for_publication(by=editor, note="With the source.")
    assert not Desk(editor).returned
    asked.send_back(by=publisher, message="One more thing.")
    assert len(Desk(editor).returned) == 1
    monograph.publish(by=publisher, note="First.")
    assert not Desk(editor).returned


def test_corrections_that_nobody_has_answered_wait_for_editors(client, editor):
    answered, waiting = make_correction(text="Answered."), make_correction(text="The dose is wrong.")
    answered.accept(by=editor, answer="Yes.")

    block = block_of(desk_page(client, editor), "corrections")
    assert "The dose is wrong." in block
    assert reverse("admin:monographs_correction_change", args=[waiting.pk]) in block
    assert "Answered." not in block


def test_what_is_under_way_is_listed_scheduled_sent_and_changed(client, editor, publisher):
    tomorrow = timezone.now() + timedelta(days=1)
    make_published(title="Tomorrowol", public_from=tomorrow)
    cancelled = make_published(title="Cancelol", public_from=tomorrow)
    cancelled.latest_edition.withdraw(by=None, reason="Not yet.")
    make_published(title="Signol").send_for_sign_off(by=publisher, recipient="Dr Okafor")
    changed = make_published(title="Changol")
    change(changed, by=editor)
    make_monograph(title="Draftol")

    page = desk_page(client, editor)

    assert "Tomorrowol, edition 1" in block_of(page, "scheduled")
    assert "Cancelol" not in block_of(page, "scheduled")
    assert "paul waits for Dr Okafor" in block_of(page, "sign-offs")
    unpublished = block_of(page, "unpublished")
    assert re.search(r"Changol</a>\s*<div>differs from edition 1, .*, Edith Poe</div>", unpublished)
    assert re.search(r"Draftol</a>\s*<div>never published", unpublished)
    assert "Tomorrowol" not in unpublished
    assert unpublished.index("Draftol") < unpublished.index("Changol")


def test_reviews_of_pages_are_listed_overdue_and_due_within_sixty_days(client, editor):
    today = timezone.localdate()
    for title, days in (("Yesterdayol", -1), ("Todayol", 0), ("Soonol", 1), ("Sixtyol", 60), ("Laterol", 61)):
        let_be_due(make_published(title=title), today + timedelta(days=days))

    page = desk_page(client, editor)

    overdue, soon = block_of(page, "overdue"), block_of(page, "due")
    assert overdue.index("Yesterdayol") < overdue.index("Todayol")
    assert "overdue since" in overdue
    assert soon.index("Soonol") < soon.index("Sixtyol")
    assert "Laterol" not in overdue + soon


def test_a_new_interval_moves_the_day_in_the_list():
    monograph = make_published()
    monograph.set_review_interval(1, by=make_user())
    assert [edition.monograph for edition in Desk(make_user()).due_soon] == [monograph]
    monograph.set_review_interval(12, by=make_user())
    assert not Desk(make_user()).due_soon


def test_what_is_empty_says_what_would_fill_it(client, publisher):
    page = desk_page(client, publisher)
    for words in (
        "Nobody asks for a text to be published now.",
        "No text came back to you.",
        "No report waits for an answer.",
        "Nothing is scheduled. The Publish page",
        "No clinician has a text to sign now.",
        "Everything that was written is published.",
        "Write a new monograph",
        "No page is overdue for review.",
        "No page is due for review in the next 60 days.",
    ):
        assert words in page


def test_moderators_see_what_waits_for_them_and_nothing_of_the_desk_of_editors(client, editor):
    make_review()
    moderator = make_moderator()
    page = desk_page(client, moderator)
    assert "1 review waits" in page
    assert "desk-unpublished" not in page
    assert "Reviews by readers" not in desk_page(client, editor)


def fill(editor, publisher, count):
    today = timezone.localdate()
    for _number in range(count):
        make_monograph().ask_for_publication(by=editor, note="Look.")
        make_monograph().ask_for_publication(by=publisher, note="Look.").send_back(by=editor, message="Mend.")
        make_correction()
        make_published(public_from=timezone.now() + timedelta(days=1))
        make_monograph().send_for_sign_off(by=publisher, recipient="Dr Okafor")
        let_be_due(make_published(), today)
        let_be_due(make_published(), today + timedelta(days=5))
        make_review()


def test_the_desk_costs_the_same_however_much_waits_and_shows_a_few_of_each(client, editor):
    publisher = make_user(*PUBLISHER, "reviews.view_review", "reviews.moderate_review", "monographs.view_edition")
    desk_page(client, publisher)
    with CaptureQueriesContext(
        connection,
    ) as empty:
        client.get(reverse("admin:index"))
    fill(editor, publisher, MOST + 2)

    with CaptureQueriesContext(connection) as full:
        page = client.get(reverse("admin:index")).content.decode()

    assert len(full) == len(empty) <= 16
    for name in ("requests", "returned", "corrections", "scheduled", "sign-offs", "unpublished", "overdue", "due"):
        assert block_of(page, name).count("<li>") == MOST
    for address in re.findall(r'<p class="desk-empty"><a href="([^"]+)">All', page):
        listed = client.get(html.unescape(address))
        assert listed.status_code == 200
        assert listed.context_data["cl"].result_count >= MOST + 2


@pytest.mark.sqlite
@pytest.mark.parametrize("name", ["unpublished", "overdue", "due_soon", "corrections", "scheduled", "requests"])
def test_an_index_answers_each_list_so_that_nobody_reads_all_monographs(editor, name):
    with CaptureQueriesContext(connection) as queries:
        getattr(Desk(editor), name)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
        steps = [row[3] for row in cursor.fetchall()]
    assert steps
    assert not [step for step in steps if step.startswith("SCAN") and " INDEX " not in step], steps


@pytest.mark.parametrize("state", ["scheduled", "public", "withdrawn"])
def test_editions_are_found_by_their_state(client, state):
    make_published(title="Scheduled", public_from=timezone.now() + timedelta(days=1))
    make_published(title="Public")
    make_published(title="Withdrawn").edition_in_force.withdraw(by=None, reason="Wrong.")
    client.force_login(make_user("monographs.view_edition"))
    found = client.get(reverse("admin:monographs_edition_changelist"), {"state": state}).context_data["cl"].result_list
    assert [edition.title for edition in found] == [state.capitalize()]
    assert Edition.objects.count() == 3
