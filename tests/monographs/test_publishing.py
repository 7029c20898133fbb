import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from monographs.models import Edition, Monograph
from monographs.publishing import WORKING_COPY
from tests.factories import make_monograph, make_published, make_user

pytestmark = pytest.mark.django_db


def test_a_new_monograph_starts_with_the_five_standard_sections_in_order():
    monograph = Monograph.objects.create(title="Ketamine", slug="ketamine")
    assert [section.heading for section in monograph.sections.all()] == [
        "Medical uses",
        "Mechanism of action",
        "Forms and administration",
        "Side effects",
        "Emerging research",
    ]


def test_publishing_freezes_the_working_copy_into_the_next_edition():
    user = make_user()
    monograph = make_monograph(title="Ketamine", body="Blocks receptors.[@anis-1983]", other_names="Ketalar\nSpravato")
    monograph.references.create(key="anis-1983", authors="Anis NA", year=1983, title="T", source="Br J Pharmacol")
    monograph.facts.create(label="Class", value="Anaesthetic")
    monograph.identifiers.create(register="CAS", value="6740-88-1")
    edition = monograph.publish(by=user, note="First edition.")
    edition.refresh_from_db()
    assert (edition.number, edition.title, edition.note, edition.published_by) == (
        1,
        "Ketamine",
        "First edition.",
        user,
    )
    assert edition.other_names == ["Ketalar", "Spravato"]
    assert edition.facts == [{"label": "Class", "value": "Anaesthetic"}]
    assert edition.identifiers[0]["url"].endswith("6740-88-1")
    assert edition.sections[1]["source"] == "Blocks receptors.[@anis-1983]"
    assert 'href="#ref-anis-1983"' in edition.sections[1]["html"]
    assert edition.references[0]["key"] == "anis-1983"
    assert len(edition.digest) == 64
    assert edition.public_from == edition.published_at


def test_publishing_reads_each_part_of_the_working_copy_once():
    monograph = make_monograph()
    with CaptureQueriesContext(connection) as queries:
        monograph.publish(by=None, note="First.")
    tables = {part: Monograph._meta.get_field(part).related_model._meta.db_table for part in WORKING_COPY}
    reads = {part: sum(f'FROM "{table}"' in query["sql"] for query in queries) for part, table in tables.items()}
    assert reads == dict.fromkeys(WORKING_COPY, 1)


def test_saving_the_working_copy_leaves_the_edition_as_it_was():
    monograph = make_published(body="Old text.")
    monograph.sections.update(body="New text.")
    assert "Old text." in monograph.edition_in_force.sections[0]["html"]
    assert monograph.has_unpublished_changes


def test_a_monograph_has_unpublished_changes_until_they_are_published_or_undone():
    monograph = make_published(body="One.")
    assert not monograph.has_unpublished_changes
    monograph.sections.update(body="Two.")
    assert monograph.has_unpublished_changes
    monograph.sections.update(body="One.")
    assert not monograph.has_unpublished_changes


def test_line_endings_of_a_browser_are_not_a_change():
    monograph = make_published(body="One.\nTwo.")
    monograph.sections.update(body="One.\r\nTwo.")
    assert not monograph.has_unpublished_changes


def refusal(monograph, note="Note."):
    with pytest.raises(Monograph.CannotPublish) as caught:
        monograph.publish(by=None, note=note)
    return [str(problem) for problem in caught.value.problems]


def test_publishing_is_refused_with_every_reason_at_once():
    monograph = make_monograph(summary="")
    first, second, *_rest = monograph.sections.all()
    first.body = " \n "
    first.save()
    second.body = "Text.[@nobody] ![](/media/pictures/0123456789abcdef.png)"
    second.save()
    reasons = refusal(monograph, note=" ")
    assert "The monograph has no summary." in reasons
    assert "Section “Medical uses”: It has no text. Write some, or remove the section." in reasons
    assert "Section “Mechanism of action”: [@nobody] is cited, but no reference has the key “nobody”." in reasons
    assert "Say what changed, for the public history." in reasons
    assert not Edition.objects.exists()


def test_publishing_the_same_text_again_is_refused():
    monograph = make_published()
    assert refusal(monograph) == ["Nothing has changed since edition 1."]


def test_a_text_that_changed_after_the_publisher_looked_is_not_published():
    monograph = make_monograph()
    with pytest.raises(Monograph.CannotPublish, match="changed after you looked"):
        monograph.publish(by=None, note="Note.", digest="0" * 64)


def test_a_scheduled_edition_comes_into_force_by_the_clock():
    monograph = make_published(body="Now.")
    monograph.sections.update(body="Later.")
    later = timezone.now() + timedelta(hours=1)
    scheduled = monograph.publish(by=None, note="Later.", public_from=later)
    assert monograph.edition_in_force.number == 1
    assert monograph.editions.in_force(at=later).get() == scheduled
    assert monograph.editions.in_force(at=later - timedelta(seconds=1)).get().number == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda edition: edition.save(),
        lambda edition: edition.delete(),
        lambda edition: Edition.objects.update(title="x"),
        lambda edition: Edition.objects.filter(pk=edition.pk).delete(),
        lambda edition: Edition.objects.bulk_update([edition], ["title"]),
        lambda edition: edition.monograph.editions.all().delete(),
    ],
)
def test_no_edition_is_ever_changed_or_deleted(change):
    edition = make_published(title="Ketamine").edition_in_force
    edition.title = "Changed"
    with pytest.raises(Edition.Immutable):
        change(edition)
    edition.refresh_from_db()
    assert edition.title == "Ketamine"


def test_a_monograph_with_an_edition_cannot_be_deleted():
    monograph = make_published()
    with pytest.raises(IntegrityError), transaction.atomic():
        monograph.delete()
    assert Edition.objects.count() == 1


def test_a_number_is_given_to_one_edition_only():
    edition = make_published().edition_in_force
    edition.pk, edition._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        edition.save()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_make_one_edition():
    monograph = make_monograph()
    outcomes = []
    ready = threading.Barrier(2)

    def publish():
        ready.wait()
        try:
            outcomes.append(Monograph.objects.get(pk=monograph.pk).publish(by=None, note="Race.").number)
        except Monograph.CannotPublish as error:
            outcomes.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["1", "Nothing has changed since edition 1."]


def test_sections_with_the_same_heading_get_anchors_of_their_own():
    monograph = make_monograph()
    for position in (6, 7, 8):
        heading = "Reviews" if position == 8 else "History"
        monograph.sections.create(heading=heading, body="Text.", position=position)
    edition = monograph.publish(by=None, note="Note.")
    anchors = [section["anchor"] for section in edition.sections]
    assert anchors == ["uses", "mechanism", "forms", "effects", "research", "history", "history-2", "reviews-2"]


def test_html_of_editions_is_made_again_from_its_source_and_nothing_else_changes():
    monograph = make_published(body="Some *text*.")
    edition = monograph.edition_in_force
    html = edition.sections[0]["html"]
    stale = [{**section, "html": "<p>Stale.</p>"} for section in edition.sections]
    Edition.objects.replace_html(edition, stale)

    call_command("rerender_editions")

    edition.refresh_from_db()
    assert edition.sections[0]["html"] == html
    call_command("verify")
