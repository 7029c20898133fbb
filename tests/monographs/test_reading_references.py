"""References are read from what databases and journals print."""

import json

import pytest

from monographs.references.names import initials_of, name_from_text, names_in_vancouver
from monographs.references.reading import MOST_CHARACTERS, MOST_RECORDS, read_records
from monographs.references.record import doi_in
from tests.monographs.records import DOI, only

JOURNAL = "Archives of General Psychiatry"
TITLE = "A randomized trial of an N-methyl-D-aspartate antagonist in treatment-resistant major depression"

BIBTEX = """@article{zarate2006randomized,
  title={A randomized trial of an {N-methyl-D-aspartate} antagonist in treatment-resistant major depression},
  author={Zarate, Jr., Carlos A and Singh, Jaskaran B and Carlson, Paul J},
  journal={Archives of General Psychiatry},
  volume={63}, number={8}, pages={856--864}, year={2006}, doi = "10.1001/archpsyc.63.8.856"
}"""

RIS = f"""TY  - JOUR
AU  - Zarate, Carlos A., Jr
AU  - Singh, Jaskaran B.
AU  - Carlson, Paul J.
TI  - A randomized trial of an N-methyl-D-aspartate antagonist
in treatment-resistant major depression
PY  - 2006/08/01
JF  - Archives of General Psychiatry
VL  - 63
IS  - 8
SP  - 856
EP  - 864
DO  - {DOI}
UR  - https://doi.org/{DOI}
ER  - """

MEDLINE = f"""PMID- 16894061
OWN - NLM
TI  - A randomized trial of an N-methyl-D-aspartate antagonist in
      treatment-resistant major depression.
PG  - 856-64
LID - {DOI} [doi]
FAU - Zarate, Carlos A Jr
AU  - Zarate CA Jr
FAU - Singh, Jaskaran B
AU  - Singh JB
AU  - Carlson PJ
DP  - 2006 Aug
TA  - Arch Gen Psychiatry
JT  - Archives of General Psychiatry
VI  - 63
IP  - 8"""

CSL = json.dumps(
    {
        "type": "article-journal",
        "title": TITLE,
        "container-title": "Archives of General Psychiatry",
        "author": [
            {"family": "Zarate", "given": "Carlos A.", "suffix": "Jr."},
            {"family": "Singh", "given": "Jaskaran B."},
            {"family": "Carlson", "given": "P J"},
        ],
        "issued": {"date-parts": [[2006, 8, 1]]},
        "volume": 63,
        "issue": "8",
        "page": "856-864",
        "DOI": DOI,
        "URL": f"http://dx.doi.org/{DOI}",
    }
)

PRINTED = {
    "NLM": f"Zarate CA Jr, Singh JB, Carlson PJ. {TITLE}. {JOURNAL}. 2006 Aug;63(8):856-864. "
    f"doi: {DOI}. Epub 2006 Jul 3.",
    "AMA": f"Zarate CA Jr, Singh JB, Carlson PJ. {TITLE}. {JOURNAL}. 2006;63(8):856-864. doi:{DOI}",
    "APA": f"Zarate, C. A., Jr, Singh, J. B., & Carlson, P. J. (2006). {TITLE}. {JOURNAL}, 63(8), "
    f"856–864. https://doi.org/{DOI}",
    "numbered": f"12. Zarate CA Jr, Singh JB, Carlson PJ. {TITLE}.\n{JOURNAL}. 2006;63(8):856-864.\ndoi:{DOI}",
}


@pytest.mark.parametrize("text", [BIBTEX, RIS, MEDLINE, CSL, *PRINTED.values()], ids=lambda text: text[:8].strip())
def test_every_format_gives_the_same_fields(text):
    records, problems = read_records(text)
    assert problems == []
    (row,) = [record.as_row() for record in records]
    assert row.pop("pmid") in ("", "16894061")
    assert row == {
        "authors": "Zarate CA Jr, Singh JB, Carlson PJ",
        "year": 2006,
        "title": TITLE,
        "source": "Archives of General Psychiatry, 63(8):856-864",
        "doi": DOI,
        "url": "",
    }


def test_a_pubmed_citation_gives_pmid_and_the_free_full_text():
    row = only(
        "Anis NA, Berry SC. The dissociative anaesthetics: do they act? Br J Pharmacol. 1983 Jun;79(2):565-75. "
        "doi: 10.1111/j.1476-5381.1983.tb11031.x. PMID: 6317114; PMCID: PMC2044888."
    )
    assert row["title"] == "The dissociative anaesthetics: do they act?"
    assert row["source"] == "Br J Pharmacol, 79(2):565-75"
    assert (row["pmid"], row["doi"]) == ("6317114", "10.1111/j.1476-5381.1983.tb11031.x")
    assert row["url"] == "https://pmc.ncbi.nlm.nih.gov/articles/PMC2044888"


def test_a_citation_in_the_style_of_mla_is_read():
    row = only(
        "Zarate, Carlos A Jr et al. “A randomized trial.” Archives of general psychiatry vol. 63,8 (2006): 856-64. "
        f"doi:{DOI}"
    )
    assert (row["authors"], row["year"], row["title"]) == ("Zarate CA Jr, et al.", 2006, "A randomized trial")
    assert row["source"] == "Archives of general psychiatry, 63(8):856-64"


def test_several_records_are_read_at_once():
    assert len(read_records(BIBTEX + "\n\n" + BIBTEX).records) == 2
    assert len(read_records(RIS + "\n" + RIS).records) == 2
    assert len(read_records(f"[{CSL}, {CSL}]").records) == 2
    assert len(read_records("\n\n".join(PRINTED.values())).records) == len(PRINTED)
    assert len(read_records(f"{PRINTED['NLM']}\n{PRINTED['AMA']}").records) == 2


@pytest.mark.parametrize(
    ("latex", "letters"),
    [
        (r"M{\'e}ndez-Garc{\'\i}a, \'{E}va", "Méndez-García É"),
        (r"{\"O}zt{\"u}rk, {\c S}ebnem", "Öztürk Ş"),
        (r"S{\o}rensen, {\AA}ge", "Sørensen Å"),
        (r"{World Health Organization}", "World Health Organization"),
        ("Ludwig van Beethoven", "van Beethoven L"),
        ("de la Cruz, Jean-Pierre", "de la Cruz JP"),
        ("King, Jr., Martin Luther", "King ML Jr"),
    ],
)
def test_names_in_latex_become_names(latex, letters):
    assert only("@article{a, title={T}, author={" + latex + "}}")["authors"] == letters


def test_latex_in_a_title_becomes_text_and_percent_signs_stay():
    assert only(r"@article{a, title={50% of {IL}-6 \& $\alpha$-things \textit{in vivo}}, year=2001}")["title"] == (
        "50% of IL-6 & α-things in vivo"
    )


def test_the_names_of_a_record_with_many_authors_are_six_and_others():
    names = " and ".join(f"Name{letter}, A" for letter in "abcdefgh")
    row = only("@article{a, title={T}, author={" + names + "}}")
    assert row["authors"] == "Namea A, Nameb A, Namec A, Named A, Namee A, Namef A, et al."
    assert only("@article{a, title={T}, author={Zarate, C and others}}")["authors"] == "Zarate C, et al."


def test_an_entry_that_cannot_be_read_is_named_by_its_line_and_the_others_are_read():
    records, problems = read_records(BIBTEX + "\n@article{broken, title={No end, year=2001}\n")
    assert [record.year for record in records] == [2006]
    assert problems == ["The BibTeX entry at line 7 cannot be read. Look for a brace or a comma that is missing."]


def test_two_entries_with_one_key_are_both_read():
    text = "@article{key, title={One}, year=2001}\n@article{key, title={Two}, year=2002}"
    assert [record.title for record in read_records(text).records] == ["One", "Two"]


def test_the_answer_of_crossref_is_read():
    item = {"title": ["A <i>trial</i> &amp; more"], "container-title": ["JAMA"], "published": {"date-parts": [[2001]]}}
    row = only(json.dumps({"status": "ok", "message": {**item, "DOI": "10.1000/X"}}))
    assert (row["title"], row["source"], row["year"], row["doi"]) == ("A trial & more", "JAMA", 2001, "10.1000/X")


def test_a_book_and_a_web_page_are_read():
    text = (
        "TY  - BOOK\nAU  - World Health Organization\nTI  - Model list\nPB  - WHO\nPY  - 2019\nUR  - https://who.int/x"
    )
    assert only(text) | {"year": 2019} == {
        "authors": "World Health Organization",
        "year": 2019,
        "title": "Model list",
        "source": "WHO",
        "doi": "",
        "pmid": "",
        "url": "https://who.int/x",
    }


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1016/S0006-3223(99)00230-9.", "10.1016/S0006-3223(99)00230-9"),
        ("(doi: 10.1001/archpsyc.63.8.856)", "10.1001/archpsyc.63.8.856"),
        ("no 10.1/x", ""),
    ],
)
def test_a_doi_is_found_without_the_marks_around_it(text, doi):
    assert doi_in(text) == doi


@pytest.mark.parametrize("text", ["", "   ", "Hello there.", "[]", "{}", "@comment{x}", '{"a": ', "TY  - JOUR"])
def test_a_text_without_a_record_says_so(text):
    records, problems = read_records(text)
    assert records == []
    assert len(problems) == 1
    assert problems[0].endswith(".")


def test_too_much_at_once_is_refused_with_the_bound():
    assert f"at most {MOST_CHARACTERS}" in read_records("x" * (MOST_CHARACTERS + 1)).problems[0]
    many = json.dumps([{"title": "T"}] * (MOST_RECORDS + 1))
    assert f"at most {MOST_RECORDS}" in read_records(many).problems[0]


@pytest.mark.parametrize(
    ("given_names", "initials"), [("Carlos A.", "CA"), ("Jean-Pierre", "JP"), ("CA", "CA"), ("", ""), ("J. B.", "JB")]
)
def test_given_names_become_initials(given_names, initials):
    assert initials_of(given_names) == initials


def test_a_name_without_a_comma_stays_as_it_is():
    assert name_from_text("World Health Organization") == "World Health Organization"
    assert names_in_vancouver(["A B", "et al."]) == "A B, et al."
