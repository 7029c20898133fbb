"""How references are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.references.vancouver import citation_of, vancouver
from tests.factories import make_monograph
from tests.monographs.works import reference

pytestmark = pytest.mark.django_db


def test_an_article_is_printed_as_journals_of_medicine_do():
    whole = reference(doi="10.1001/archpsyc.63.8.856", pmid="16894061", url="https://example.org")
    assert vancouver(whole) == (
        "Zarate CA Jr, Singh JB. A randomized trial. Arch Gen Psychiatry. 2006;63(8):856-64. "
        "doi:10.1001/archpsyc.63.8.856 PMID: 16894061"
    )


@pytest.mark.parametrize(
    ("values", "printed"),
    [
        ({"source": "Frontiers in Psychiatry, 9:277"}, "Frontiers in Psychiatry. 2006;9:277."),
        ({"source": "BJPsych Open, 8(1)"}, "BJPsych Open. 2006;8(1)."),
        ({"source": "JAMA, 63 Suppl 1:S12-S18"}, "JAMA. 2006;63 Suppl 1:S12-S18."),
        ({"source": "Lancet, 1:199-202"}, "Lancet. 2006;1:199-202."),
        ({"source": "Lancet, 1:99-102"}, "Lancet. 2006;1:99-102."),
        ({"source": "Lancet, 1:856-64"}, "Lancet. 2006;1:856-64."),
        ({"source": "DailyMed"}, "DailyMed; 2006."),
        ({"source": "FDA, 10 October 2006"}, "FDA, 10 October 2006."),
        ({"source": "NICE guidance TA854"}, "NICE guidance TA854; 2006."),
        ({"source": "Lancet, London"}, "Lancet, London; 2006."),
    ],
)
def test_what_follows_the_title_is_journal_year_volume_and_pages(values, printed):
    assert citation_of(reference(**values)).published == printed


@pytest.mark.parametrize(
    ("authors", "printed"),
    [
        ("A B, C D, E F, G H, I J, K L, M N", "A B, C D, E F, G H, I J, K L, et al."),
        ("Popova V, Daly EJ, et al.", "Popova V, Daly EJ, et al."),
        ("World Health Organization", "World Health Organization."),
        ("Food, Drug, and, Many, Other, Things, Office", "Food, Drug, and, Many, Other, Things, Office."),
    ],
)
def test_six_names_at_most_are_printed(authors, printed):
    assert citation_of(reference(authors=authors)).authors == printed


def test_a_title_that_ends_with_a_question_mark_gets_no_full_stop():
    assert citation_of(reference(title="Does it work?")).title == "Does it work?"


def test_a_work_with_neither_doi_nor_pmid_says_where_it_is():
    assert vancouver(reference(url="https://who.int/x")).endswith("Available from: https://who.int/x")


@given(st.text(max_size=80), st.text(max_size=80), st.integers(1500, 2200))
def test_any_reference_can_be_printed(authors, source, year):
    line = vancouver(reference(authors=authors, source=source, year=year))
    assert "A randomized trial." in line


def test_the_page_prints_references_in_order_names_title_journal(client):
    monograph = make_monograph(body="It works.[@zarate2006]")
    monograph.references.create(**reference(pmid="16894061"))
    monograph.publish(by=None, note="First.")
    page = client.get(monograph.get_absolute_url()).content.decode()
    assert (
        '<span class="note">Zarate CA Jr, Singh JB.</span> A randomized trial. '
        '<span class="note">Arch Gen Psychiatry. 2006;63(8):856-64.</span>'
    ) in page
