"""References are added from records, and cited."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from monographs.models import LogEntry, Reference
from monographs.references.adding import add_references, new_key, propose
from monographs.references.citing import headings_citing
from monographs.rendering import render
from tests.factories import EDITING, make_monograph, make_published, make_user
from tests.monographs.admin.form import fields_of
from tests.monographs.works import reference

pytestmark = pytest.mark.django_db

READER = "/admin/editor/references/"
BIBTEX = """@article{x, title={A trial}, author={Zarate, Carlos A and Singh, J}, journal={JAMA}, year={2006},
  volume={63}, pages={1--2}, doi={10.1001/X}}"""
OTHER = "@article{y, title={A second trial}, author={Zarate, Carlos A}, journal={JAMA}, year={2006}, volume={64}}"


@pytest.fixture
def editor(client):
    client.force_login(user := make_user(*EDITING))
    return user


@pytest.mark.parametrize(
    ("authors", "year", "taken", "key"),
    [
        ("Zarate CA Jr, Singh JB", 2006, [], "zarate2006"),
        ("Zarate CA Jr", 2006, ["zarate2006"], "zarate2006b"),
        ("Zarate CA Jr", 2006, ["zarate2006", "zarate2006b"], "zarate2006c"),
        ("van der Berg J", 2006, [], "vanderberg2006"),
        ("Méndez-García É", 2006, [], "mendezgarcia2006"),
        ("Sørensen Å", 2006, [], "sorensen2006"),
        ("World Health Organization", 2019, [], "world2019"),
        ("", 2019, [], "ketamine2019"),
        ("北京", 2019, [], "ketamine2019"),
        ("Zarate C", None, [], "zarate"),
        ("Zarate C", None, ["zarate"], "zarate-b"),
    ],
)
def test_a_key_is_the_first_author_and_the_year(authors, year, taken, key):
    assert new_key({"authors": authors, "year": year, "title": "Ketamine use"}, set(taken)) == key


@given(st.text(max_size=70), st.text(max_size=70), st.none() | st.integers(1500, 2200))
def test_every_key_is_one_that_a_reference_can_have(authors, title, year):
    taken = set()
    for _ in range(30):
        key = new_key({"authors": authors, "title": title, "year": year}, taken)
        assert key not in taken
        taken.add(key)
        Reference(**{**reference(), "key": key, "year": 2006}).clean_fields(exclude=["monograph"])


@pytest.mark.parametrize("listed", [{"doi": "10.1001/x", "pmid": ""}, {"doi": "10.1001/X", "pmid": "5"}])
def test_a_work_that_is_listed_is_said_and_not_added(listed):
    proposal = propose(f"{BIBTEX}\n{OTHER}", [{"key": "a-1", **listed}])
    assert proposal.duplicates == ["“A trial” is listed already as [@a-1] and was not added."]
    assert [row["key"] for row in proposal.rows] == ["zarate2006"]


def test_a_work_that_is_pasted_twice_is_added_once():
    proposal = propose(f"{BIBTEX}\n{BIBTEX}", [])
    assert [row["key"] for row in proposal.rows] == ["zarate2006"]
    assert proposal.duplicates == ["“A trial” is listed already as [@zarate2006] and was not added."]


def test_records_are_added_after_the_references_that_are_there():
    monograph, user = make_monograph(), make_user()
    monograph.references.create(**reference(key="a-1"), position=4)
    changed_at = monograph.changed_at
    add_references(monograph, f"{BIBTEX}\n{OTHER}", by=user)
    added = monograph.references.exclude(key="a-1")
    assert [(row.key, row.position, row.doi) for row in added] == [
        ("zarate2006", 5, "10.1001/X"),
        ("zarate2006b", 6, ""),
    ]
    assert added[0].checked_on is None
    monograph.refresh_from_db()
    assert monograph.changed_by == user
    assert monograph.changed_at > changed_at
    assert (LogEntry.objects.get().by, LogEntry.objects.get().note) == (user, "[@zarate2006], [@zarate2006b]")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            f"{BIBTEX}\n@article{{z, title={{No year}}, author={{A, B}}, journal={{J}}}}",
            "[@a], year: This field cannot be",
        ),
        (f"{BIBTEX}\n@article{{z, title={{Open", "The BibTeX entry at line 3 cannot be read."),
        (f"@article{{z, title={{{'T' * 501}}}, author={{A, B}}, journal={{J}}, year=2001}}", "[@a2001], title: Ensure"),
    ],
)
def test_with_a_problem_nothing_is_added(text, problem):
    monograph = make_monograph()
    proposal = add_references(monograph, text, by=None)
    assert any(sentence.startswith(problem) for sentence in proposal.problems), proposal.problems
    assert not monograph.references.exists()
    assert not LogEntry.objects.exists()


def page_of(monograph):
    return reverse("admin:monographs_monograph_references", args=[monograph.pk])


def test_the_page_without_script_adds_and_says_what_was_listed(client, editor):
    monograph = make_monograph()
    monograph.references.create(**reference(key="a-1", doi="10.1001/x"))
    response = client.post(page_of(monograph), {"record": f"{BIBTEX}\n{OTHER}"})
    assert response.url == reverse("admin:monographs_monograph_change", args=[monograph.pk]) + "#references-group"
    assert [str(message) for message in get_messages(response.wsgi_request)] == [
        "Added to the working copy: 1 reference: [@zarate2006].",
        "“A trial” is listed already as [@a-1] and was not added.",
    ]
    assert monograph.references.count() == 2


@pytest.mark.parametrize("record", ["Hello <there>.", f"{BIBTEX}\n@article{{z, title={{Open"])
def test_the_page_without_script_keeps_what_was_pasted(client, editor, record):
    monograph = make_monograph()
    page = client.post(page_of(monograph), {"record": record}).content.decode()
    assert "Nothing was added yet" in page
    assert record.replace("<", "&lt;").replace(">", "&gt;") in page
    assert not monograph.references.exists()


def test_an_empty_box_is_refused_beside_it(client, editor):
    assert "Paste a record first." in client.post(page_of(make_monograph()), {"record": " \n"}).content.decode()


@pytest.mark.parametrize(
    ("permissions", "status"), [(None, 302), (["monographs.change_monograph"], 403), (EDITING, 200)]
)
def test_the_page_is_for_those_who_may_add_references(client, permissions, status):
    monograph = make_monograph()
    if permissions is not None:
        client.force_login(make_user(*permissions))
    assert client.get(page_of(monograph)).status_code == status
    client.post(page_of(monograph), {"record": BIBTEX})
    assert monograph.references.exists() == (status == 200)


def test_the_page_of_a_monograph_that_does_not_exist_is_404(client, editor):
    assert client.get(reverse("admin:monographs_monograph_references", args=["999"])).status_code == 404


def test_the_form_asks_for_rows_and_nothing_is_saved(client, editor):
    rows = {"references-0-key": "zarate2006", "references-0-doi": "10.1/other", "references-1-key": "gone"}
    answer = client.post(
        READER, {"record": BIBTEX, **rows, "references-1-doi": "10.1001/X", "references-1-DELETE": "on"}
    )
    assert answer.json() == {
        "rows": [
            {
                "key": "zarate2006b",
                "authors": "Zarate CA, Singh J",
                "year": 2006,
                "title": "A trial",
                "source": "JAMA, 63:1-2",
                "doi": "10.1001/X",
                "pmid": "",
                "url": "",
            }
        ],
        "problems": [],
        "duplicates": [],
        "message": "1 reference: [@zarate2006b].",
    }
    assert not Reference.objects.exists()


@pytest.mark.parametrize(
    ("permissions", "status"),
    [(None, 403), (["monographs.view_monograph"], 403), (["monographs.change_monograph"], 200)],
)
def test_rows_are_for_those_who_may_write(client, permissions, status):
    if permissions is not None:
        client.force_login(make_user(*permissions))
    response = client.post(READER, {"record": BIBTEX})
    assert response.status_code == status
    assert "no-store" in response["Cache-Control"]
    assert ("rows" in response.json()) == (status == 200)


def test_each_reference_knows_the_sections_that_cite_it():
    monograph = make_monograph(body="")
    uses, mechanism, *_rest = monograph.sections.all()
    uses.body, mechanism.body = "One.[@a-1; @b-2] Two.[@a-1]", "Three.[@a-1]"
    assert headings_citing([uses, mechanism]) == {"a-1": [uses.heading, mechanism.heading], "b-2": [uses.heading]}


def test_the_form_shows_where_each_reference_is_cited(client, django_assert_max_num_queries):
    client.force_login(make_user(is_superuser=True))
    monograph = make_monograph(body="")
    monograph.sections.filter(kind__in=["uses", "effects"]).update(body="It works.[@a-1]")
    address = reverse("admin:monographs_monograph_change", args=[monograph.pk])
    with django_assert_max_num_queries(100) as few:
        client.get(address)
    for key in ("a-1", "b-2", "c-3", "d-4"):
        monograph.references.create(**reference(key=key))
    with django_assert_max_num_queries(len(few)):
        page = client.get(address).content.decode()
    assert page.count("Medical uses, Side effects</div>") == 1
    assert page.count("nowhere yet</div>") == 4  # and in the blank row


def test_citation_needed_is_a_mark_that_readers_see():
    html = render("It may help.[citation needed] So.", citations=[]).html
    assert html == '<p>It may help.<sup class="cite needed">[citation needed]</sup> So.</p>\n'


@pytest.mark.parametrize(
    "source",
    [
        "[citation needed](https://example.org)",
        "[citation needed][x]\n\n[x]: https://example.org",
        "`[citation needed]`",
    ],
)
def test_a_link_or_code_with_these_words_is_no_such_mark(source):
    assert 'needed"' not in render(source).html


def test_a_citation_that_is_needed_stands_on_the_page(client):
    monograph = make_published(body="It may help.[citation needed]")
    assert (
        '<sup class="cite needed">[citation needed]</sup>' in client.get(monograph.get_absolute_url()).content.decode()
    )


def test_a_form_with_two_hundred_references_can_be_saved(client):
    client.force_login(make_user(is_superuser=True))
    monograph = make_monograph()
    Reference.objects.bulk_create(
        Reference(monograph=monograph, **reference(key=f"key{number}"), position=number) for number in range(200)
    )
    address = reverse("admin:monographs_monograph_change", args=[monograph.pk])
    data = {**fields_of(client.get(address)), "sections-0-body": "Saved."}
    assert client.post(address, data).status_code == 302
    assert monograph.sections.first().body == "Saved."
