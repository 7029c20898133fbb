"""Pasting records into the references of a form, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.offline import go_offline
from tests.factories import EDITING, make_monograph, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PUBMED = (
    "Zarate CA Jr, Singh JB, Carlson PJ. A randomized trial of an N-methyl-D-aspartate antagonist in treatment-"
    "resistant major depression. Arch Gen Psychiatry. 2006 Aug;63(8):856-64. doi: 10.1001/archpsyc.63.8.856. "
    "PMID: 16894061."
)
BIBTEX = """@article{berman, title={Antidepressant effects of ketamine}, author={Berman, Robert M and others},
  journal={Biological Psychiatry}, year={2000}, volume={47}, number={4}, pages={351--354}, pmid={10686270}}
@article{zanos, title={Mechanisms of ketamine action}, author={Zanos, Panos and Gould, Todd D}, journal={JAMA},
  year={2018}, volume={23}, doi={10.1038/mp.2017.255}}"""


@pytest.fixture
def monograph():
    monograph = make_monograph(title="Ketamine", slug="ketamine", body="It works.[@a-1]")
    monograph.references.create(key="a-1", authors="A", year=2000, title="T", source="S", doi="10.1000/one")
    return monograph


@pytest.fixture
def open_form(log_in, monograph):
    writer = make_user(*EDITING, username="writer")

    def open_form(page):
        log_in(page, writer)
        page.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")
        page.locator("#references-group summary").click()

    return open_form


def paste(page, text):
    page.get_by_label("Paste a BibTeX, RIS or CSL-JSON record").fill(text)
    page.get_by_role("button", name="Read it into new rows").click()


def answer(page):
    return page.locator(".record-box").get_by_role("status")


def value(page, row, name):
    return page.locator(f"#id_references-{row}-{name}")


def test_a_pubmed_citation_fills_a_new_row_that_is_saved_with_the_form(page, open_form, monograph):
    open_form(page)
    paste(page, PUBMED)
    expect(answer(page)).to_contain_text("In new rows below, not saved yet: 1 reference: [@zarate2006].")
    expect(value(page, 1, "authors")).to_have_value("Zarate CA Jr, Singh JB, Carlson PJ")
    expect(value(page, 1, "year")).to_have_value("2006")
    expect(value(page, 1, "source")).to_have_value("Arch Gen Psychiatry, 63(8):856-64")
    expect(value(page, 1, "pmid")).to_have_value("16894061")
    assert monograph.references.count() == 1
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").first.click()
    added = monograph.references.last()
    assert (added.key, added.doi, added.position) == ("zarate2006", "10.1001/archpsyc.63.8.856", 2)


def test_several_records_fill_several_rows_and_the_box_is_free_again(page, open_form):
    open_form(page)
    paste(page, BIBTEX)
    expect(value(page, 2, "key")).to_have_value("zanos2018")
    expect(value(page, 1, "authors")).to_have_value("Berman RM, et al.")
    expect(page.get_by_label("Paste a BibTeX")).to_have_value("")
    paste(page, PUBMED)
    expect(value(page, 3, "key")).to_have_value("zarate2006")
    expect(page.get_by_role("button", name=re.compile("Move “Zarate CA Jr.*” up"))).to_be_visible()


def test_a_work_that_is_listed_or_typed_already_is_not_added(page, open_form):
    open_form(page)
    paste(page, PUBMED)
    expect(value(page, 1, "key")).to_have_value("zarate2006")
    paste(page, PUBMED)
    expect(answer(page)).to_contain_text("is listed already as [@zarate2006] and was not added.")
    value(page, 0, "pmid").fill("10686270")
    paste(page, BIBTEX.split("\n@")[0])
    expect(answer(page)).to_contain_text("is listed already as [@a-1] and was not added.")
    expect(value(page, 2, "key")).to_have_count(0)


def test_what_cannot_be_read_stays_in_the_box(page, open_form):
    open_form(page)
    paste(page, "No citation at all.")
    expect(answer(page)).to_contain_text("cannot be read as a citation")
    expect(page.get_by_label("Paste a BibTeX")).to_have_value("No citation at all.")
    expect(value(page, 1, "key")).to_have_count(0)


def test_a_lost_connection_is_said_and_the_text_stays(page, open_form, complaints):
    complaints.allow("ERR_INTERNET_DISCONNECTED", r"^\s*$")
    open_form(page)
    go_offline(page)
    paste(page, PUBMED)
    expect(answer(page)).to_contain_text("Check your connection")
    expect(page.get_by_label("Paste a BibTeX")).to_have_value(PUBMED)
    page.context.set_offline(False)
    page.get_by_role("button", name="Read it into new rows").click()
    expect(value(page, 1, "key")).to_have_value("zarate2006")


def test_a_pasted_record_can_be_cited_at_once(page, open_form):
    open_form(page)
    paste(page, PUBMED)
    expect(value(page, 1, "key")).to_have_value("zarate2006")
    text = page.locator("#id_sections-0-body")
    text.fill("It works.[@a-1] It helps.[@zarate2006]")
    expect(page.locator("#sections-0 iframe").content_frame.locator(".section")).to_contain_text("It helps.[2]")


def test_axe_finds_nothing_in_the_references(page, open_form, axe):
    open_form(page)
    paste(page, PUBMED)
    expect(value(page, 1, "key")).to_have_value("zarate2006")
    axe(page, "#references-group")


def test_records_can_be_added_without_script(page_without_script, open_form, monograph):
    page = page_without_script
    open_form(page)
    page.get_by_role("link", name="Add references from a record").click()
    page.get_by_label("Records").fill("No citation at all.")
    page.get_by_role("button", name="Add references").click()
    expect(page.get_by_role("alert")).to_contain_text("cannot be read as a citation")
    expect(page.get_by_label("Records")).to_have_value("No citation at all.")
    page.get_by_label("Records").fill(PUBMED)
    page.get_by_role("button", name="Add references").click()
    expect(page.get_by_text("Added to the working copy: 1 reference: [@zarate2006].")).to_be_visible()
    assert monograph.references.count() == 2


def test_axe_finds_nothing_on_the_page_for_records(page, open_form, axe, monograph):
    open_form(page)
    page.goto(f"/admin/monographs/monograph/{monograph.pk}/references/")
    page.get_by_label("Records").fill("No citation at all.")
    page.get_by_role("button", name="Add references").click()
    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)
