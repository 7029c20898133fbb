"""What an imported file does to the working copy."""

from pathlib import Path

import pytest
from PIL import Image

from monographs.models import Edition, Monograph, Picture, Topic
from monographs.publishing import contents_of
from monographs.rendering import render
from tests.factories import make_published, make_user
from tests.monographs.applying import FRONT_MATTER, bring_in, change, outline, problem_of

pytestmark = pytest.mark.django_db

ARTICLE = Path(__file__).parent / "samples" / "ketamine-article.txt"


@pytest.fixture
def ketamine(tmp_path):
    """A Markdown file with two pictures in a folder below it."""
    (tmp_path / "pictures").mkdir()
    for name, colour in (("formula", "red"), ("block", "blue")):
        Image.new("RGB", (40, 30), colour).save(tmp_path / "pictures" / f"{name}.png")
    path = tmp_path / "ketamine.md"
    path.write_text(FRONT_MATTER)
    return path


def test_an_article_becomes_a_working_copy_with_its_sections():
    monograph, changed = bring_in(ARTICLE, title="Ketamine", slug="ketamine")

    assert changed
    assert (monograph.title, monograph.slug) == ("Ketamine", "ketamine")
    assert [section.kind for section in monograph.sections.all()] == [
        "uses",
        "mechanism",
        "forms",
        "effects",
        "research",
    ]
    assert monograph.sections.first().heading == "Medical Uses"


def test_front_matter_fills_every_part_of_the_working_copy(ketamine):
    editor = make_user()

    monograph, _changed = bring_in(ketamine, by=editor)

    contents = contents_of(Monograph.objects.get(slug="ketamine"))
    assert contents["subtitle"] == "An anaesthetic"
    assert contents["other_names"] == ["Ketalar", "Esketamine"]
    assert [topic["slug"] for topic in contents["topics"]] == ["anaesthetics", "pain-medicines"]
    assert contents["picture"]["alt"] == "The formula."
    assert [fact["label"] for fact in contents["facts"]] == ["Class", "Given by"]
    assert contents["identifiers"][0]["value"] == "6740-88-1"
    assert contents["references"][0]["checked_on"] == "2026-05-31"
    assert [section["kind"] for section in contents["sections"]] == ["uses", "other"]
    assert monograph.changed_by == editor


def test_pictures_are_stored_and_their_addresses_rewritten(ketamine, settings):
    monograph, _changed = bring_in(ketamine)

    body = monograph.sections.first().body
    picture = Picture.objects.exclude(pk=monograph.lead_picture_id).get()
    assert f'![A diagram]({settings.MEDIA_URL}{picture.file.name} "How it works")' in body
    rendered = render(body, citations=["green2011"], pictures={picture.file.name: picture.as_data()})
    assert not rendered.problems


def test_pictures_of_this_site_and_in_code_are_left_alone(ketamine):
    change(
        ketamine,
        "It is old.",
        "![a](/media/pictures/0123456789abcdef.png)\n\n`![b](c.png)` ![d](https://e.example/f.png)",
    )

    monograph, _changed = bring_in(ketamine)

    assert monograph.sections.last().body == (
        "![a](/media/pictures/0123456789abcdef.png)\n\n`![b](c.png)` ![d](https://e.example/f.png)"
    )


@pytest.mark.parametrize("source", [ARTICLE, None])
def test_the_same_file_again_changes_nothing(ketamine, source):
    path = source or ketamine
    monograph, _changed = bring_in(path)
    before = Monograph.objects.get()
    section_ids = list(monograph.sections.values_list("pk", flat=True))

    again, changed = bring_in(path)

    after = Monograph.objects.get()
    assert not changed
    assert again == monograph
    assert after.changed_at == before.changed_at
    assert list(after.sections.values_list("pk", flat=True)) == section_ids
    assert Picture.objects.count() == (0 if source else 2)


def test_a_changed_file_changes_the_working_copy_and_no_edition(ketamine):
    first, _changed = bring_in(ketamine)
    first.publish(by=None, note="First.")
    frozen = Edition.objects.values().get()
    change(ketamine, "It is old.", "It is from 1962.")
    change(ketamine, '[[facts]]\nlabel = "Class"\nvalue = "Anaesthetic"\n', "")

    monograph, changed = bring_in(ketamine)

    assert changed
    assert monograph.changed_at > first.changed_at
    assert monograph.sections.last().body == "It is from 1962."
    assert [fact.label for fact in monograph.facts.all()] == ["Given by"]
    assert monograph.has_unpublished_changes
    assert Edition.objects.values().get() == frozen


def test_parts_that_the_form_of_a_file_cannot_state_stay(ketamine, tmp_path):
    bring_in(ketamine)
    path = outline(tmp_path, "Ketamine is a medicine for pain.\n1. Uses:\n- Pain.\n")

    monograph, changed = bring_in(path, slug="ketamine")

    assert changed
    assert (monograph.title, monograph.summary) == ("Ketamine", "Ketamine is a medicine for pain.")
    assert monograph.subtitle == "An anaesthetic"
    assert monograph.lead_picture
    assert (monograph.facts.count(), monograph.references.count(), monograph.topics.count()) == (2, 1, 2)
    assert [section.heading for section in monograph.sections.all()] == ["Uses"]


def test_parts_that_front_matter_leaves_out_are_removed(ketamine):
    bring_in(ketamine)
    ketamine.write_text('+++\ntitle = "Ketamine"\n+++\n\n## Uses\n\nPain.\n')

    monograph, _changed = bring_in(ketamine)

    assert monograph.lead_picture is None
    assert monograph.summary == monograph.subtitle == monograph.other_names == ""
    assert not monograph.facts.exists()
    assert not monograph.topics.exists()


def test_a_topic_of_the_same_name_or_address_is_used(ketamine):
    topic = Topic.objects.create(name="Pain Medicines", slug="pain-medicines")

    monograph, _changed = bring_in(ketamine)

    assert topic in monograph.topics.all()
    assert Topic.objects.count() == 2


def test_a_given_title_and_address_win_over_the_file(ketamine):
    monograph, _changed = bring_in(ketamine, title="Ketamine for animals", slug="ketamine-vet")

    assert (monograph.title, monograph.slug) == ("Ketamine for animals", "ketamine-vet")


@pytest.mark.parametrize(
    ("old", "new", "at", "reason"),
    [
        ("6740-88-1", "6740-88-2", "[[identifiers]]", "Identifier 1: CAS number 6740-88-2 has the wrong check digit"),
        ("year = 2011", "year = 20111", "[[references]]", "Reference 1, year: "),
        ("checked_on", 'doi = "10"\nchecked_on', "[[references]]", "Reference 1, DOI: "),
        ('title = "Ketamine"', f'title = "{"K" * 121}"', "title =", "title: "),
        ('"A medicine."', f'"{"K" * 1001}"', "summary =", "summary: "),
        ('"The formula."', f'"{"K" * 501}"', "[lead_picture]", "what the lead picture shows: "),
        ('"Anaesthetic"', f'"{"K" * 301}"', "[[facts]]", "Key fact 1, value: "),
        ('"Anaesthetics"]', '"—"]', "topics =", "Topic “—”, address: "),
        ("## History", "## " + "H" * 121, "## HHH", "Section 2, heading: "),
        ("formula.png", "missing.png", "[lead_picture]", "There is no picture file pictures/missing.png"),
        ("block.png", "missing.png", "missing.png", "There is no picture file pictures/missing.png"),
        ("pictures/block.png", "../secret.png", "secret.png", "outside the folder"),
        ("pictures/block.png", "/etc/hostname", "hostname", "outside the folder"),
        ("pictures/block.png", "ketamine.md", "ketamine.md", "The picture ketamine.md: "),
        ("pictures/block.png", "x" * 300, "xxx", "There is no picture file"),
        (
            '(pictures/block.png "How it works")',
            "[b]\n\n[b]: pictures/block.png",
            "## Medical",
            "could not be followed",
        ),
    ],
)
def test_what_cannot_be_stored_is_refused_with_its_line_and_nothing_is_written(ketamine, old, new, at, reason):
    change(ketamine, old, new)

    problem = problem_of(ketamine)

    assert reason in problem.reason, problem
    assert at in ketamine.read_text().split("\n")[problem.line - 1]
    assert not Monograph.objects.exists()
    assert not Topic.objects.exists()


def test_a_code_or_key_that_is_listed_twice_is_refused(ketamine):
    bring_in(ketamine)
    change(ketamine, "[[references]]", '[[identifiers]]\nregister = "CAS"\nvalue = "6740-88-1"\n\n[[references]]')
    before = contents_of(Monograph.objects.get())

    assert "listed twice" in problem_of(ketamine).reason
    assert contents_of(Monograph.objects.get()) == before


def test_a_link_that_leads_out_of_the_folder_is_refused(ketamine, tmp_path):
    (tmp_path / "pictures" / "block.png").unlink()
    (tmp_path / "pictures" / "block.png").symlink_to("/etc/hostname")

    assert "outside the folder" in problem_of(ketamine).reason


def test_a_section_that_is_too_long_is_refused_with_its_line(tmp_path):
    path = outline(tmp_path, "Text.\n1. Uses:\n- Pain.\n2. Forms:\n" + "word " * 11_000)

    problem = problem_of(path)

    assert problem.line == 4
    assert "Divide it into two sections" in problem.reason


def test_a_title_that_makes_no_address_asks_for_one(tmp_path):
    path = outline(tmp_path, "1. Uses:\n- Pain.\n")

    assert "--slug" in problem_of(path, title="氯胺酮").reason


def test_a_wrong_address_is_refused(ketamine):
    assert "address: " in problem_of(ketamine, slug="two words").reason


def test_the_address_of_a_published_monograph_stays(tmp_path):
    published = make_published(title="Ketamine", slug="ketamine")
    path = outline(tmp_path, "Esketamine\n\n1. Uses:\n- Pain.\n")

    bring_in(path, slug="ketamine")

    published.refresh_from_db()
    assert (published.title, published.slug) == ("Esketamine", "ketamine")
