from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from monographs.models import IndexedName, LogEntry, Passage
from monographs.search import Query, differences, indexing, search
from monographs.search.backends import postgresql
from monographs.search.rows import text_of
from monographs.search.words import forms_of
from tests.factories import make_published
from tests.verifying import complaints

pytestmark = pytest.mark.django_db


def indexed_editions():
    return set(Passage.objects.values_list("edition__monograph__title", "edition__number"))


def test_the_index_holds_what_is_in_force_and_what_will_be():
    monograph = make_published(title="Ketamine")
    monograph.sections.update(body="Two.")
    monograph.publish(by=None, note="Second.")
    assert indexed_editions() == {("Ketamine", 2)}
    monograph.sections.update(body="Three.")
    later = monograph.publish(by=None, note="Third.", public_from=timezone.now() + timedelta(days=1))
    assert indexed_editions() == {("Ketamine", 2), ("Ketamine", 3)}
    later.withdraw(by=None, reason="Not yet.")
    assert indexed_editions() == {("Ketamine", 2)}
    monograph.edition_in_force.withdraw(by=None, reason="Wrong.")
    assert indexed_editions() == set()
    assert not IndexedName.objects.exists()


def test_a_publication_that_fails_leaves_the_index_as_it_was(monkeypatch):
    monograph = make_published(title="Ketamine", body="Oldword.")
    monograph.sections.update(body="Newword.")

    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(LogEntry.objects, "create", fail)
    with pytest.raises(ZeroDivisionError):
        monograph.publish(by=None, note="Second.")
    assert search(Query.read("oldword")).results
    assert not search(Query.read("newword")).results
    assert not any(differences())


def test_rebuilding_makes_the_same_index_and_mends_a_broken_one():
    make_published(title="Ketamine", body="It blocks receptors.")
    make_published(title="Codeine", public_from=timezone.now() + timedelta(days=1))
    make_published(title="Aspirin").edition_in_force.withdraw(by=None, reason="Wrong.")
    assert complaints() == ""
    Passage.objects.all().delete()
    IndexedName.objects.all().delete()
    assert "rebuild_search" in complaints()
    output = StringIO()
    call_command("rebuild_search", stdout=output)
    assert "2 editions and reviews can be found." in output.getvalue()
    assert complaints() == ""
    assert [result.edition.title for result in search(Query.read("receptor")).results] == ["Ketamine"]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_where_nothing_can_be_written_the_index_is_not_called_wrong():
    make_published(title="Ketamine")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            assert complaints().splitlines() == [
                f"The index of {what}: whether it agrees with its table cannot be seen (attempt to write a readonly "
                "database)."
                for what in ("names", "titles")
            ]
        finally:
            cursor.execute("PRAGMA query_only = OFF")


@pytest.mark.django_db(transaction=True)
def test_rebuilding_makes_the_parts_of_the_index_that_are_missing():
    make_published(title="Ketamine", body="It blocks receptors.")
    indexing.drop()
    call_command("rebuild_search", stdout=StringIO())
    assert search(Query.read("receptor")).results
    assert search(Query.read("ketemine")).instead_of
    assert complaints() == ""


def spoil_text():
    Passage.objects.filter(anchor="uses").update(text="Something else.")


def spoil_words():
    indexing.passages().put({Passage.objects.get(anchor="uses").pk: {"text": forms_of("something else")}})


def lose_a_passage():
    Passage.objects.filter(anchor="uses").delete()


def lose_a_name():
    IndexedName.objects.filter(kind="other").delete()


@pytest.mark.parametrize("spoil", [spoil_text, spoil_words, lose_a_passage, lose_a_name])
def test_verify_finds_an_index_that_does_not_fit(spoil):
    make_published(title="Ketamine", other_names="Ketalar")
    assert complaints() == ""
    spoil()
    assert "Ketamine, edition 1: the search does not find it as it is" in complaints()


@pytest.mark.sqlite
def test_verify_finds_trigrams_that_do_not_fit():
    make_published(title="Ketamine")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO monographs_indexedname_trigrams (rowid, folded) VALUES (999, 'codeine')")
    assert "index of names" in complaints()


def test_words_go_with_the_rows_that_they_index():
    monograph = make_published(title="Ketamine", body="Receptors.")
    Passage.objects.filter(edition__monograph=monograph).delete()
    assert indexing.passages().find([("receptors",)], columns="host.id", most=9) == []


@pytest.mark.postgresql
def test_where_the_extension_may_not_be_created_the_error_says_what_to_do():
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT before")
        cursor.execute("DROP EXTENSION pg_trgm CASCADE")
        cursor.execute("CREATE ROLE weak")
        cursor.execute("SET LOCAL ROLE weak")
        with pytest.raises(CommandError, match="CREATE EXTENSION pg_trgm; in the database"):
            indexing.names().create()
        cursor.execute("ROLLBACK TO before")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("<p>H<sub>2</sub>O &amp; <em>more</em></p>", "H2O & more"),
        ('<p>Known<sup class="cite">[<a href="#ref-a">1</a>]</sup>.</p>', "Known."),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<p>1 &lt; 2 &lt;b&gt;</p>", "1 < 2 <b>"),
    ],
)
def test_the_text_of_a_section_is_what_readers_see(html, text):
    assert text_of(html) == text


@pytest.mark.parametrize(("language", "same"), [("en-gb", False), ("de", True), ("xx", False)])
def test_stems_are_those_of_the_sites_language(settings, language, same):
    settings.LANGUAGE_CODE = language
    assert (forms_of("Kopfschmerzen")[0][-1] == forms_of("Kopfschmerz")[0][-1]) is same


@pytest.mark.postgresql
def test_of_a_frequent_word_the_newest_passages_are_weighed_and_all_where_those_are_too_few(monkeypatch):
    monkeypatch.setattr(postgresql, "NEAR", (4, 12))
    monkeypatch.setattr(postgresql, "FREQUENT", 1)
    for number in range(5):
        make_published(title=f"Medicine {number}", body="Frequent.")

    def found(most):
        rows = indexing.passages().find([("frequent*",)], columns="host.id", most=most)
        return [key for key, _fit in rows]

    keys = sorted(found(100), reverse=True)
    assert set(keys) == set(Passage.objects.filter(text__contains="Frequent").values_list("pk", flat=True))
    assert len(keys) >= 5
    assert found(2) == keys[:2]
