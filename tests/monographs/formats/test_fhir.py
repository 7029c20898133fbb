"""The FHIR document, by the models of R5 and by the rules that these do not check."""

import json
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from django.core.management import call_command
from fhir.resources.bundle import Bundle
from fhir.resources.composition import Composition
from hypothesis import given, settings
from hypothesis import strategies as st

from monographs.formats.narrative import narrative
from monographs.models import Section
from monographs.rendering import render
from tests.factories import make_published, make_user
from tests.monographs.formats.editions import HOSTILE, make_full

pytestmark = pytest.mark.django_db

XHTML = "{http://www.w3.org/1999/xhtml}"
LOINC_CODES = {
    "34895-3": "Education note",
    "34067-9": "INDICATIONS & USAGE SECTION",
    "43679-0": "MECHANISM OF ACTION SECTION",
    "34068-7": "DOSAGE & ADMINISTRATION SECTION",
    "34084-4": "ADVERSE REACTIONS SECTION",
    "34092-7": "CLINICAL STUDIES SECTION",
    "42229-5": "SPL UNCLASSIFIED SECTION",
    "34093-5": "REFERENCES SECTION",
}
"""As the US Food and Drug Administration lists them for the sections of labels, and LOINC for documents."""

# What HL7's validator lets a narrative have.
ALLOWED_ELEMENTS = set(
    "p br div h1 h2 h3 h4 h5 h6 a span b em i strong small big tt dfn q var abbr acronym cite blockquote hr kbd ol ul "
    "li dl dt dd pre table caption colgroup col thead tr tfoot tbody th td code samp img sub sup".split()
)
ALLOWED_ATTRIBUTES = set(
    "title style class id lang dir tabindex span width align valign abbr axis headers scope rowspan colspan".split()
) | {"{http://www.w3.org/XML/1998/namespace}lang"}
ALLOWED_OF = {"a": {"href", "name"}, "img": {"src", "alt", "height", "width"}}


def document(client, address="/monographs/ketamine.fhir.json"):
    response = client.get(address)
    assert response.status_code == 200
    return response.json()


def composition(client):
    return document(client)["entry"][0]["resource"]


def sections_of(part):
    for section in part.get("section", []):
        yield section
        yield from sections_of(section)


def assert_narrative_is_allowed(text):
    assert text["status"] == "additional"
    root = fromstring(text["div"])
    assert root.tag == f"{XHTML}div"
    assert "".join(root.itertext()).strip() or root.find(f".//{XHTML}img") is not None
    for element in root.iter():
        name = element.tag.removeprefix(XHTML)
        assert name in ALLOWED_ELEMENTS
        assert set(element.attrib) <= ALLOWED_ATTRIBUTES | ALLOWED_OF.get(name, set())
    return root


def assert_document_is_right(bundle):
    """Check what holds for each document of type 1, beyond the types and cardinalities of R5."""
    Bundle.model_validate(bundle)
    assert bundle["type"] == "document"
    assert bundle["identifier"]["system"]
    assert bundle["identifier"]["value"]
    assert bundle["timestamp"]
    (entry,) = bundle["entry"]
    assert entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}"
    resource = entry["resource"]
    assert resource["resourceType"] == "Composition"
    Composition.model_validate(resource)
    for part in (bundle, resource):
        assert part["meta"]["versionId"]
        assert part["meta"]["lastUpdated"]
        assert part["meta"]["profile"]
        assert part["language"] == "en-GB"
    assert resource["identifier"][0]["value"]
    assert resource["version"]
    contained = {part["id"]: part for part in resource["contained"]}
    references = [resource["subject"][0], resource["author"][0], resource["custodian"]]
    assert {reference["reference"] for reference in references} == {f"#{name}" for name in contained}
    assert contained["publisher"]["identifier"][0]["system"]
    (root,) = resource["section"]
    assert root["section"]
    for coded in (resource["type"], *(section["code"] for section in sections_of(resource))):
        (coding,) = coded["coding"]
        assert coding["system"] == "http://loinc.org"
        assert LOINC_CODES[coding["code"]] == coding["display"]
    narratives = [resource["text"], *(section["text"] for section in sections_of(resource))]
    trees = [assert_narrative_is_allowed(text) for text in narratives]
    ids = [element.get("id") for tree in trees for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for tree in trees:
        for link in tree.iter(f"{XHTML}a"):
            address = link.get("href")
            assert address[1:] in ids if address.startswith("#") else ":" in address
        for picture in tree.iter(f"{XHTML}img"):
            assert picture.get("src").startswith("http://testserver/media/")
            assert picture.get("alt")


def test_a_full_edition_is_a_right_document(client):
    make_full()
    assert_document_is_right(document(client))


def test_the_demo_is_a_right_document_with_its_pictures_and_tables(client):
    call_command("import_monograph", Path("monographs/demo/ketamine.md"), "--publish")
    bundle = document(client)
    assert_document_is_right(bundle)
    text = json.dumps(bundle)
    assert "<table>" in text
    assert text.count("<img ") == 2


def test_a_hostile_edition_is_a_right_document(client):
    make_full(
        title=HOSTILE[:80], subtitle=HOSTILE, summary=HOSTILE, other_names=HOSTILE, body=f"{HOSTILE}\n\n[x](/a?b=1&c=2)"
    )
    assert_document_is_right(document(client))


def test_an_edition_with_nothing_but_sections_is_a_right_document(client):
    make_published(slug="ketamine")
    assert_document_is_right(document(client))


def test_sections_are_coded_by_their_kind_and_end_with_the_references(client):
    edition = make_full()
    monograph = edition.monograph
    Section.objects.create(monograph=monograph, heading="History", body="Long ago.", position=9)
    monograph.publish(by=None, note="Second.")
    (root,) = composition(client)["section"]
    codes = [section["code"]["coding"][0]["code"] for section in root["section"]]
    assert codes == ["34067-9", "43679-0", "34068-7", "34084-4", "34092-7", "42229-5", "34093-5"]
    assert [section["title"] for section in root["section"]][0::6] == ["Medical uses", "References"]


def test_a_citation_leads_to_its_reference_in_the_document(client):
    make_full()
    (root,) = composition(client)["section"]
    first = fromstring(root["section"][0]["text"]["div"])
    assert [link.get("href") for link in first.iter(f"{XHTML}a")] == ["#ref-one", "#ref-two"]
    assert 'id="ref-two"' in root["section"][-1]["text"]["div"]


def test_all_editions_share_the_identifier_of_the_document_and_differ_in_their_own(client):
    edition = make_full()
    edition.monograph.sections.update(body="New words.")
    edition.monograph.publish(by=None, note="Second.")
    first, second = (document(client, f"/monographs/ketamine/editions/{number}.fhir.json") for number in (1, 2))
    assert first["identifier"] == second["identifier"]
    assert first["id"] != second["id"]
    assert [bundle["entry"][0]["resource"]["version"] for bundle in (first, second)] == ["1", "2"]


def test_a_signature_is_an_attestation(client):
    edition = make_full()
    assert "attester" not in composition(client)
    sign_off = edition.monograph.send_for_sign_off(by=make_user(), recipient="Dr Grey")
    sign_off.sign(name="M. Grey", credentials="MD", declaration="I have read it.")
    (attester,) = composition(client)["attester"]
    assert attester["party"]["display"] == "M. Grey, MD"
    assert_document_is_right(document(client))


def test_the_medicine_has_its_names_and_codes(client):
    make_full()
    medicine = next(part for part in composition(client)["contained"] if part["id"] == "medicine")
    assert [name["productName"] for name in medicine["name"]] == ["Ketamine", "Ketalar", "Esketamine"]
    systems = {code["coding"][0]["system"]: code["coding"][0]["code"] for code in medicine["classification"]}
    assert systems["http://www.whocc.no/atc"] == "N01AX03"
    assert systems["http://www.nlm.nih.gov/research/umls/rxnorm"] == "6130"


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab <>&\"'[]()!*_#|-\n\x0b\u202e\ufffe`~\\:1.")) | st.text(max_size=80))
def test_whatever_the_renderer_makes_becomes_an_allowed_narrative(source):
    html = render(f"Words. {source}", anchor="a").html
    assert_narrative_is_allowed(narrative(html, base="http://testserver/x/", language="en-GB"))


def test_what_fhir_does_not_allow_is_renamed_or_left_out_and_the_text_stays():
    html = (
        '<figure><picture><source srcset="/media/a.avif 1w"><img src="/media/a.png" alt="A" loading="lazy"></picture>'
        '<figcaption>Caption</figcaption></figure><ol start="3"><li>Three<br>more</li></ol>'
        '<div class="table" role="group" tabindex="0"><table><tbody><tr><td>1</td></tr></tbody></table></div>'
    )
    text = narrative(html, base="http://testserver/monographs/x/", language="en-GB")
    assert_narrative_is_allowed(text)
    assert '<div><img src="http://testserver/media/a.png" alt="A" /><p>Caption</p></div>' in text["div"]
    assert "<ol><li>Three<br />more</li></ol>" in text["div"]
