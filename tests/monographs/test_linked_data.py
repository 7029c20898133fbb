"""JSON-LD: what search engines are told, and that it is never more than the page shows."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from monographs.linked_data import page_data, script
from monographs.models import Edition
from reviews.linked_data import reviews_script
from reviews.models import Decision, Review, Tally
from tests.factories import make_published, make_user
from tests.factories_reviews import make_approved, make_review
from tests.monographs.formats.editions import make_full

pytestmark = pytest.mark.django_db

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
MEDICINE = "http://testserver/monographs/ketamine/#medicine"


def linked(client, address="/monographs/ketamine/"):
    """Return {type: data} of a page, what is said of one identifier together."""
    found = {}
    for text in SCRIPT.findall(client.get(address).content.decode()):
        data = json.loads(text)
        assert data.pop("@context") == "https://schema.org"
        for item in data.get("@graph", [data]):
            found.setdefault(item["@type"], {}).update(item)
    return found


def test_the_page_is_a_medical_page_about_a_drug_with_its_codes_and_facts(client):
    edition = make_full(public_from=timezone.now() - timedelta(days=9))
    data = linked(client)
    page, drug = data["MedicalWebPage"], data["Drug"]
    assert page["url"] == "http://testserver/monographs/ketamine/"
    assert page["mainEntity"] == {"@id": MEDICINE}
    assert page["datePublished"] == page["dateModified"] == timezone.localdate(edition.public_from).isoformat()
    assert page["citation"] == ["https://doi.org/10.1001/archpsyc.63.8.856", "https://example.org/a?b=1&c=2"]
    assert drug["@id"] == MEDICINE
    assert drug["alternateName"] == ["Ketalar", "Esketamine"]
    assert (drug["drugClass"], drug["administrationRoute"]) == ("NMDA receptor antagonist", "Vein; muscle")
    assert drug["rxcui"] == "6130"
    assert {code["propertyID"]: code["value"] for code in drug["identifier"]}["ATC"] == "N01AX03"
    assert "lastReviewed" not in page
    assert "reviewedBy" not in page


def test_a_new_edition_changes_the_page_but_not_when_it_was_first_published(client):
    edition = make_full(public_from=timezone.now() - timedelta(days=9))
    edition.monograph.sections.update(body="New words.")
    edition.monograph.publish(by=None, note="Second.")
    page = linked(client)["MedicalWebPage"]
    assert page["datePublished"] == timezone.localdate(edition.public_from).isoformat()
    assert page["dateModified"] == timezone.localdate().isoformat()
    earlier = linked(client, "/monographs/ketamine/editions/1/")["MedicalWebPage"]
    assert earlier["url"] == "http://testserver/monographs/ketamine/editions/1/"
    assert earlier["version"] == 1
    assert earlier["mainEntity"] == {"@id": MEDICINE}


def test_who_signed_the_text_reviewed_the_page(client):
    edition = make_full()
    sign_off = edition.monograph.send_for_sign_off(by=make_user(), recipient="Dr Grey")
    sign_off.sign(name="M. Grey", credentials="MD", declaration="I have read it.")
    page = linked(client)["MedicalWebPage"]
    assert page["reviewedBy"] == [{"@type": "Person", "name": "M. Grey", "honorificSuffix": "MD"}]
    assert page["lastReviewed"] == timezone.localdate().isoformat()


def test_without_reviews_nothing_is_said_of_any(client):
    make_review(monograph=make_published(slug="ketamine"))
    assert not {"review", "aggregateRating"} & set(linked(client)["Drug"])


def test_the_average_is_told_from_the_number_of_reviews_on_from_which_the_page_shows_it(client, settings):
    settings.REVIEWS_MINIMUM_FOR_AVERAGE = 3
    monograph = make_published(slug="ketamine")
    for rating in (5, 4):
        make_approved(monograph=monograph, rating=rating)
    drug = linked(client)["Drug"]
    assert len(drug["review"]) == 2
    assert "aggregateRating" not in drug
    make_approved(monograph=monograph, rating=1)
    rating = linked(client)["Drug"]["aggregateRating"]
    assert (rating["ratingValue"], rating["reviewCount"]) == (3.3, 3)
    assert "<b>3.3</b>" in client.get("/monographs/ketamine/").content.decode()


def test_only_approved_reviews_are_told_and_each_is_on_the_page(client):
    monograph = make_published(slug="ketamine")
    shown = make_approved(monograph=monograph, title="Seen", author_name="Ada")
    make_review(monograph=monograph, title="Waiting")
    refused = make_review(monograph=monograph, title="Refused")
    refused.reject(by=make_user(), reason=Decision.Reason.ADVERTISING)
    (review,) = linked(client)["Drug"]["review"]
    assert (review["name"], review["author"]["name"], review["reviewRating"]["ratingValue"]) == ("Seen", "Ada", 4)
    shown.withdraw()
    assert "review" not in linked(client)["Drug"]


def test_the_page_of_a_review_tells_its_text_and_what_it_is_about(client):
    review = make_approved(monograph=make_published(title="Ketamine", slug="ketamine"), body="It <helped> & more.")
    data = linked(client, review.get_absolute_url())["Review"]
    assert data["reviewBody"] == "It <helped> & more."
    assert data["itemReviewed"] == {"@type": "Drug", "@id": MEDICINE, "name": "Ketamine"}


def test_text_cannot_end_the_script(client):
    attack = "</script><script>alert(1)</script><!-- &amp; \u2028"
    assert "<script>alert" not in script({"name": attack})
    assert json.loads(SCRIPT.fullmatch(script({"name": attack}))[1])["name"] == attack
    monograph = make_published(title="</script><b>", slug="ketamine", summary=attack, other_names=attack)
    make_approved(monograph=monograph, title=attack, author_name="</script>")
    page = client.get("/monographs/ketamine/").content.decode()
    assert "</script><b>" not in page
    assert "<script>alert" not in page
    assert linked(client)["Drug"]["review"][0]["author"]["name"] == "</script>"


def test_the_structured_data_costs_no_query(django_assert_num_queries):
    edition = make_full()
    make_approved(monograph=edition.monograph)
    loaded = Edition.objects.with_clinical_review().select_related("listing").get(pk=edition.pk)
    reviews = list(Review.objects.approved().for_reading())
    tally = Tally.objects.of(edition.monograph_id)
    with django_assert_num_queries(0):
        script(page_data(loaded, is_earlier=False))
        reviews_script(loaded, tally, reviews)
