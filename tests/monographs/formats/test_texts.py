"""What the formats say, read back by other programs than the ones that wrote it."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import bibtexparser
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from monographs.formats.styles import styles_of
from monographs.importing import apply_document, documents_in
from monographs.models import Edition, Monograph, Section, SignOff
from monographs.publishing import contents_of
from monographs.references.reading import read_records
from tests.factories import make_user
from tests.monographs.formats.editions import HOSTILE, make_full

pytestmark = pytest.mark.django_db

EARLY = datetime(2026, 3, 7, 12, tzinfo=UTC)


def publish_hostile():
    return make_full(title=HOSTILE[:80], subtitle=HOSTILE, other_names=HOSTILE, summary=f"{HOSTILE}\n\n{HOSTILE}")


def get(client, ending):
    response = client.get(f"/monographs/ketamine/editions/1.{ending}")
    assert response.status_code == 200
    return response.content.decode()


# JSON


@pytest.mark.parametrize("publish", [make_full, publish_hostile])
def test_the_json_is_valid_by_the_published_schema(client, publish):
    publish()
    response = client.get("/schemas/edition.json")
    assert response["Content-Type"] == "application/schema+json"
    schema = response.json()
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == "http://testserver/schemas/edition.json"
    document = json.loads(get(client, "json"))
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(document)
    assert not Draft202012Validator(schema).is_valid({**document, "more": 1})
    assert not Draft202012Validator(schema).is_valid({**document, "number": "1"})


def test_every_member_of_the_schema_is_described(client):
    schema = client.get("/schemas/edition.json").json()
    for part in [schema, *schema["$defs"].values()]:
        assert part["description"]


def test_the_digest_can_be_recomputed_from_the_json_alone(client):
    make_full()
    document = json.loads(get(client, "json"))
    frozen = {name: document[name] for name in Edition.FROZEN if name in document}
    for section in frozen["sections"]:
        assert section.pop("html").startswith("<p>")
    canonical = json.dumps(frozen, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(canonical.encode()).hexdigest() == document["digest"] == Edition.objects.get().digest


def test_the_json_names_who_signed_exactly_this_text(client):
    edition = make_full()
    assert json.loads(get(client, "json"))["clinical_review"]["signed_by"] is None
    monograph = edition.monograph
    sign_off = monograph.send_for_sign_off(by=make_user(), recipient="Dr Grey")
    sign_off.sign(name="M. Grey", credentials="MD", declaration="I have read it.")
    review = json.loads(get(client, "json"))["clinical_review"]
    assert (review["signed_by"], review["credentials"]) == ("M. Grey", "MD")
    assert "declaration" not in get(client, "json")
    SignOff.objects.get().revoke(by=make_user())
    assert json.loads(get(client, "json"))["clinical_review"]["signed_by"] is None


# Markdown


def bring_in(text):
    (document,) = documents_in(Path("ketamine-edition-1.md"), text.encode())
    return apply_document(document)


@pytest.mark.parametrize("publish", [make_full, publish_hostile])
def test_the_markdown_is_read_back_to_the_same_text(client, publish):
    contents = publish().contents
    text = get(client, "md")
    assert bring_in(text)[1] is False
    monograph = Monograph.objects.get()
    monograph.sections.all().delete()
    monograph.references.all().delete()
    Monograph.objects.update(title="Something else", summary="")
    assert bring_in(text)[1] is True
    assert contents_of(Monograph.objects.get()) == contents


def test_the_markdown_of_an_older_edition_is_that_editions_text(client):
    edition = make_full()
    edition.monograph.sections.update(body="New words.")
    edition.monograph.publish(by=None, note="Second.")
    assert "It helps." in get(client, "md")
    assert "New words." not in get(client, "md")


def test_the_markdown_says_which_edition_it_is(client):
    edition = make_full()
    head = get(client, "md").split("\n")[:4]
    assert head[0] == "+++"
    assert head[1] == "# Ketamine, edition 1"
    assert head[2].endswith("http://testserver/monographs/ketamine/editions/1/")
    assert edition.digest in head[3]


def test_a_text_that_markdown_cannot_hold_is_missing_in_that_format_only(client):
    edition = make_full()
    monograph = edition.monograph
    for position in range(6, 46):
        Section.objects.create(
            monograph=monograph, heading=f"Part {position}", body="word \u200b" * 8_000, position=position
        )
    monograph.publish(by=None, note="Very long.")
    assert client.get("/monographs/ketamine/editions/2.md").status_code == 404
    assert client.get("/monographs/ketamine/editions/2.json").status_code == 200


# Citations


def citable(**kwargs):
    return make_full(public_from=EARLY, **kwargs)


def test_vancouver_and_apa_name_the_exact_edition():
    vancouver, apa = styles_of(citable())
    address = "http://testserver/monographs/ketamine/editions/1/"
    assert vancouver.text == (
        f"Ketamine: Mechanism of action [Internet]. Edition 1. Monograph Portal; 2026 Mar 7. Available from: {address}"
    )
    assert apa.text == f"Monograph Portal. (2026, March 7). Ketamine: Mechanism of action (Edition 1). {address}"


def test_another_program_reads_the_bibtex(client):
    citable()
    library = bibtexparser.parse_string(get(client, "bib"))
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry.key == "ketamine-edition-1"
    assert entry["title"] == "{Ketamine: Mechanism of action}"
    assert (entry["year"], entry["month"], entry["edition"]) == ("2026", "3", "1")
    assert entry["url"] == "http://testserver/monographs/ketamine/editions/1/"


@pytest.mark.parametrize("ending", ["bib", "ris", "csl.json"])
@pytest.mark.parametrize("title", ["Ketamine", '50% "of" {braces} & \\ $5_x~#', "Кетамін 中文"])
def test_our_own_reader_of_pasted_records_finds_title_and_address_again(client, ending, title):
    citable(title=title, subtitle="")
    records, problems = read_records(get(client, ending))
    assert problems == []
    (record,) = records
    assert record.title == title
    assert record.year == 2026
    assert record.url == "http://testserver/monographs/ketamine/editions/1/"


def test_ris_has_one_value_on_each_line(client):
    make_full(summary="One.\n\nTY  - BOOK\nER  - ", other_names="A\nB")
    lines = get(client, "ris").split("\r\n")
    assert [line[:6] for line in lines].count("TY  - ") == 1
    assert lines[-2:] == ["ER  - ", ""]
    assert {"KW  - A", "KW  - B"} <= set(lines)
    assert all(line[2:6] == "  - " for line in lines[:-1])


def test_csl_json_holds_the_date_and_the_site_as_author(client):
    citable()
    (item,) = json.loads(get(client, "csl.json"))
    assert item["issued"] == {"date-parts": [[2026, 3, 7]]}
    assert item["author"] == [{"literal": "Monograph Portal"}]
    assert (item["type"], item["version"]) == ("webpage", "1")


def test_the_cite_page_shows_every_format_and_the_monograph_page_the_styles(client):
    edition = make_full(title="Ketamine <b>")
    page = client.get("/monographs/ketamine/editions/1/cite/").content.decode()
    for words in ("[Internet]", "(Edition 1)", "@misc{ketamine-edition-1", "TY  - ELEC", "date-parts"):
        assert words in page
    assert "<b>" not in page
    page = client.get("/monographs/ketamine/").content.decode()
    assert "Available from: http://testserver/monographs/ketamine/editions/1/" in page
    edition.withdraw(by=None, reason="Wrong.")
    assert client.get("/monographs/ketamine/editions/1/cite/").status_code == 410
