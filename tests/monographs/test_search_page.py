import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.test import TestCase
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from monographs.models import Topic
from tests.factories import make_monograph, make_published
from tests.monographs.medicines import make_library

pytestmark = pytest.mark.django_db


def publish_ketamine(**kwargs):
    return make_published(title="Ketamine", slug="ketamine", other_names="Ketalar\nKétamine", **kwargs)


def page_for(client, typed, **parameters):
    response = client.get("/search/", {"q": typed, **parameters})
    assert response.status_code == 200
    return response.content.decode()


def suggestions(client, typed):
    response = client.get("/search/suggest/", {"q": typed})
    assert response.status_code == 200
    return json.loads(response.content)


def finds(client, typed):
    """Whether the page or the suggestions lead to ketamine."""
    on_page = 'href="/monographs/ketamine/' in page_for(client, typed)
    return on_page or any("/monographs/ketamine/" in address for address in suggestions(client, typed)[3])


@pytest.mark.parametrize(
    "typed",
    [
        "ketamine",
        "KETAMINE",
        "ketalar",
        "ketamine blocks",
        "ketami",
        "blocks receptors",
        "kétamine",
        "ketamine, blocks!",
    ],
)
def test_a_monograph_is_found_by_title_other_names_and_text(client, typed):
    publish_ketamine(body="It blocks receptors.")
    assert 'href="/monographs/ketamine/' in page_for(client, typed)


def test_a_hit_leads_to_the_very_section_and_is_marked(client):
    monograph = publish_ketamine()
    monograph.sections.filter(kind="effects").update(body="Some people see <b>double</b> & feel sick.")
    monograph.publish(by=None, note="Second.")
    page = page_for(client, "double")
    assert 'href="/monographs/ketamine/#effects">Side effects' in page
    assert "see &lt;b&gt;<mark>double</mark>&lt;/b&gt; &amp; feel" in page


def test_what_was_corrected_is_said(client):
    publish_ketamine()
    page = page_for(client, "ketemine")
    assert "Showing results for <strong>ketamine</strong>" in page
    assert "Nothing was found for “ketemine”" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "What you can search for"),
        ("   ", "What you can search for"),
        ("k", "Type at least two letters"),
        ("%", "Type at least two letters"),
        ("xqzwvj", "Nothing found for “xqzwvj”"),
    ],
)
def test_an_empty_a_short_and_a_vain_search_say_what_helps(client, typed, words):
    publish_ketamine()
    page = page_for(client, typed)
    assert words in page
    assert 'href="/monographs/"' in page
    assert 'href="/monographs/ketamine/' not in page


def test_a_topic_narrows_the_search_and_can_be_left_again(client):
    for title, topic in [("Ketamine", "Anaesthetics"), ("Codeine", "Pain")]:
        monograph = make_monograph(title=title, slug=title.lower(), body="For pain.")
        monograph.topics.add(Topic.objects.create(name=topic, slug=topic.lower()))
        monograph.publish(by=None, note="First.")
    page = page_for(client, "pain", topic="pain")
    assert "/monographs/codeine/" in page
    assert "/monographs/ketamine/" not in page
    assert '<option value="pain" selected>' in page
    assert 'href="/search/?q=ketamine">Search in all topics' in page_for(client, "ketamine", topic="pain")
    assert "/monographs/ketamine/" in page_for(client, "pain", topic="nothing\x00")


def test_the_page_offers_the_next_page_and_ends(client):
    for number in range(12):
        make_published(title=f"Placebo {number}")
    page = page_for(client, "placebo")
    assert "12 monographs for “placebo”" in page
    (onward,) = re.findall(r'rel="next" href="([^"]*)"', page)
    last = client.get(onward.replace("&amp;", "&")).content.decode()
    assert 'rel="prev"' in last
    assert 'rel="next"' not in last
    for wrong in ("0", "-1", "x", "1e9", "９" * 99, "99999"):
        assert "Placebo" in page_for(client, "placebo", page=wrong)


def test_nothing_but_what_is_in_force_is_found(client, monkeypatch):
    monograph = publish_ketamine(body="Oldword.")
    monograph.sections.update(body="Newword.")
    now = timezone.now()
    monograph.publish(by=None, note="Second.", public_from=now + timedelta(hours=1))
    assert finds(client, "oldword")
    assert not finds(client, "newword")
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    assert finds(client, "newword")
    assert not finds(client, "oldword")
    assert finds(client, "ketalar")


def test_what_is_withdrawn_is_found_no_more_until_it_is_published_again(client):
    monograph = publish_ketamine(body="Oldword.")
    monograph.sections.update(body="Newword.")
    monograph.publish(by=None, note="Second.").withdraw(by=None, reason="Wrong.")
    for typed in ("oldword", "newword", "ketalar", "ketamine", "ketemine", "ket"):
        assert not finds(client, typed)
    monograph.publish(by=None, note="It was right.")
    for typed in ("newword", "ketalar", "ketamine", "ketemine", "ket"):
        assert finds(client, typed)


def test_the_name_of_a_scheduled_monograph_is_no_suggestion_and_no_correction(client, monkeypatch):
    now = timezone.now()
    make_published(title="Secretol", slug="secretol", body="Unheardof.", public_from=now + timedelta(hours=1))
    for typed in ("secretol", "secret", "secretal", "unheardof"):
        assert "ecretol" not in page_for(client, typed).replace("“secretol”", "").replace(
            'value="secretol"', ""
        ).replace("q=secretol", "")
        assert suggestions(client, typed)[1] == []
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    assert suggestions(client, "secret")[1] == ["Secretol"]
    assert "Showing results for <strong>secretol</strong>" in page_for(client, "secretal")


def test_a_cancelled_edition_is_never_found(client, monkeypatch):
    now = timezone.now()
    monograph = publish_ketamine(body="Oldword.")
    monograph.sections.update(body="Newword.")
    monograph.publish(by=None, note="Second.", public_from=now + timedelta(hours=1)).withdraw(by=None, reason="No.")
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=2))
    assert not finds(client, "newword")
    assert finds(client, "oldword")


def test_suggestions_have_the_form_of_opensearch(client):
    publish_ketamine()
    assert suggestions(client, "keta") == [
        "keta",
        ["Ketamine"],
        [""],
        ["http://testserver/monographs/ketamine/"],
    ]
    assert suggestions(client, "ketal")[1:3] == [["Ketalar"], ["Ketamine"]]
    assert suggestions(client, "k") == ["k", [], [], []]
    response = client.get("/search/suggest/?q=keta")
    assert response["Content-Type"] == "application/x-suggestions+json"
    assert "must-revalidate" in response["Cache-Control"]


def test_browsers_can_add_the_search(client):
    page = client.get("/").content.decode()
    assert '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml"' in page
    response = client.get("/opensearch.xml")
    assert response["Content-Type"] == "application/opensearchdescription+xml"
    description = ElementTree.fromstring(response.content)  # noqa: S314  (our own answer)
    names = {"os": "http://a9.com/-/spec/opensearch/1.1/"}
    assert len(description.findtext("os:ShortName", namespaces=names)) <= 16
    templates = {url.get("type"): url.get("template") for url in description.findall("os:Url", names)}
    assert templates["text/html"] == "http://testserver/search/?q={searchTerms}"
    assert templates["application/x-suggestions+json"] == "http://testserver/search/suggest/?q={searchTerms}"


def test_a_search_costs_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    publish_ketamine(body="It blocks receptors.")
    for typed, queries in [("ketamine", 8), ("receptors", 11), ("ketemine", 17), ("xqzwvj", 11)]:
        with django_assert_max_num_queries(queries):
            page_for(client, typed)
    with django_assert_max_num_queries(3):
        suggestions(client, "keta")


# Operators of both databases' query languages, and what breaks parsers, templates and columns.
OPERATORS = [" AND ", " OR ", " NOT ", "NEAR(a b, 5)", "::tsquery", "' OR 1=1 --", "ke*", "{{ x }}", "<script>"]
OF_THE_INDEX = ["names:", "keys:is_top", "_ketamine", "topic_1", "ketamine", "\ud7ff"]
SIGNS = "\"'()*:^-+{}[]\\/%_&|!<>~@#$;,.\x00\n\t\u202e\ufffe😀ﷺß"
PIECES = st.sampled_from([*SIGNS, *OPERATORS, *OF_THE_INDEX])
TYPED = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join))


class AnyTextTest(HypothesisTestCase):
    @classmethod
    def setUpTestData(cls):
        publish_ketamine(body="It blocks receptors.")

    @settings(max_examples=120, deadline=None)
    @given(TYPED, st.sampled_from(["", "reviews", "\x00", "nothing"]), TYPED)
    @example("a" * 10_000, "", "")
    @example('"' * 10_000, "", "")
    @example("ﷺ" * 10_000, "", "")
    @example("ketamine " * 2_000, "", "")
    def test_no_input_is_an_error(self, typed, kind, other):
        response = self.client.get("/search/", {"q": typed, "in": kind, "topic": other, "page": other})
        assert response.status_code == 200
        response = self.client.get("/search/suggest/", {"q": typed})
        assert response.status_code == 200
        assert len(json.loads(response.content)) == 4

    def test_marks_of_the_index_are_not_words_that_readers_can_use(self):
        for typed in ("is_top", "topic_1", "keys:is_top", "_ketamine:A"):
            page = self.client.get("/search/", {"q": typed}).content.decode()
            assert ("/monographs/ketamine/" in page) == ("ketamine" in typed)


class LargerLibraryTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_library()

    def test_every_page_of_results_can_be_reached(self):
        address, titles = "/search/?q=tablets", []
        while address:
            page = self.client.get(address).content.decode()
            titles += re.findall(r"<h3><a [^>]*>([^<]*)</a></h3>", page)
            onward = re.search(r'rel="next" href="([^"]*)"', page)
            address = onward and onward[1].replace("&amp;", "&")
        assert len(titles) == len(set(titles)) > 20
