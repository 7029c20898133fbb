"""Abbreviations are explained where they are first used and in a list."""

import pytest

from monographs.abbreviations import MOST, abbreviations_in
from monographs.rendering import render
from tests.factories import make_monograph

NMDA = '<abbr title="N-methyl-D-aspartate">NMDA</abbr>'


def rendered(source, **kwargs):
    return render(source, abbreviations=abbreviations_in([{"source": source}]), **kwargs).html


def test_the_first_use_in_a_section_carries_the_long_form_and_the_definition_is_no_text():
    html = rendered("NMDA and NMDA.\n\n*[NMDA]: N-methyl-D-aspartate")
    assert html == f"<p>{NMDA} and NMDA.</p>\n"


def test_only_whole_words_are_abbreviations_and_the_longest_wins():
    html = rendered("NMDAR, 5-HT2A and 5-HT.\n\n*[NMDA]: no\n*[5-HT]: serotonin\n*[5-HT2A]: a receptor\n")
    assert html == ('<p>NMDAR, <abbr title="a receptor">5-HT2A</abbr> and <abbr title="serotonin">5-HT</abbr>.</p>\n')


def test_a_definition_may_stand_right_below_a_paragraph_and_is_left_alone_in_code():
    assert rendered("NMDA.\n*[NMDA]: N-methyl-D-aspartate") == f"<p>{NMDA}.</p>\n"
    assert "*[NMDA]: long" in rendered("```\n*[NMDA]: long\n```")


def test_neither_addresses_nor_code_nor_alternative_texts_are_changed():
    html = rendered("[x](https://a.example/NMDA) `NMDA`\n\n*[NMDA]: N-methyl-D-aspartate")
    assert "<abbr" not in html


@pytest.mark.parametrize("long", ['" onmouseover="alert(1)', "<script>alert(1)</script>", "'>\"><svg onload=alert(1)>"])
def test_no_long_form_leaves_its_attribute(long):
    html = rendered(f"NMDA\n\n*[NMDA]: {long}")
    assert html.startswith('<p><abbr title="')
    assert html.count("<") == 4
    assert html.count('"') == 2


def test_no_short_form_is_taken_for_a_pattern():
    assert rendered("(a+)+ aaaa\n\n*[(a+)+]: x") == '<p><abbr title="x">(a+)+</abbr> aaaa</p>\n'


def test_a_monograph_has_a_bounded_number_of_them():
    source = "\n".join(f"*[A{number}]: long" for number in range(MOST + 5))
    assert len(abbreviations_in([{"source": source}])) == MOST


@pytest.mark.django_db
def test_what_one_section_explains_is_explained_in_all_and_listed_at_the_end_of_the_page(client):
    monograph = make_monograph(title="Ketamine", slug="ketamine", body="It blocks NMDA.")
    monograph.sections.filter(kind="research").update(body="NMDA.\n\n*[NMDA]: N-methyl-D-aspartate")
    monograph.publish(by=None, note="First.")
    page = client.get("/monographs/ketamine/").content.decode()
    assert page.count(NMDA) == 5
    assert "*[NMDA]" not in page
    assert "<dt>NMDA</dt><dd>N-methyl-D-aspartate</dd>" in page.split('id="abbreviations"')[1]


@pytest.mark.django_db
def test_a_page_without_abbreviations_has_no_list_of_them(client):
    make_monograph(title="Ketamine", slug="ketamine").publish(by=None, note="First.")
    assert 'id="abbreviations"' not in client.get("/monographs/ketamine/").content.decode()
