"""Which files can be read at all."""

import pytest

from monographs.importing import ImportProblem
from tests.monographs.reading import read_document

OUTLINE = "Ketamine is a medicine.\n1. Uses:\n- Pain.\n"


def problem_of(path):
    with pytest.raises(ImportProblem) as caught:
        read_document(path)
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        OUTLINE.encode(),
        b"\xef\xbb\xbf" + OUTLINE.encode(),
        OUTLINE.replace("\n", "\r\n").encode(),
        OUTLINE.replace("\n", "\r").encode(),
    ],
)
def test_byte_order_marks_and_line_ends_make_no_difference(tmp_path, content):
    path = tmp_path / "ketamine.txt"
    path.write_bytes(content)

    document = read_document(path)

    assert document.summary == "Ketamine is a medicine."
    assert document.sections[0].body == "- Pain."


def test_markdown_is_known_by_its_name_or_by_its_front_matter(tmp_path):
    for name, content in (
        ("a.md", "## Uses\nText."),
        ("b.MARKDOWN", "## Uses\nText."),
        ("c.txt", "+++\n+++\n## Uses\nText."),
    ):
        (tmp_path / name).write_text(content)

        assert read_document(tmp_path / name).sections[0].heading == "Uses"


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"", 1, "empty"),
        (b" \n\n", 1, "empty"),
        (b"Text.\n\x89PNG\xff", 2, "not UTF-8"),
        ("Café".encode("latin-1"), 1, "not UTF-8"),
        ("Text".encode("utf-16"), 1, "UTF-16"),
        (b"Text.\n\nab\0c", 3, "NUL"),
        (b"Text.\n\x1b[31m", 2, "U+001B"),
        ("Text.\n\u202etxet".encode(), 2, "U+202E"),
        (b"x" * 2_000_001, None, "larger than"),
        (b"x\n" * 60_000, 50_000, "lines"),
    ],
)
def test_a_file_that_is_no_text_is_refused_with_its_line(tmp_path, content, line, reason):
    path = tmp_path / "ketamine.txt"
    path.write_bytes(content)

    problem = problem_of(path)

    assert (problem.line, reason in problem.reason) == (line, True), problem


def test_a_file_that_cannot_be_opened_is_refused(tmp_path):
    assert "cannot be opened" in problem_of(tmp_path / "missing.txt").reason
    assert "cannot be opened" in problem_of(tmp_path).reason


def test_a_problem_names_the_file_and_the_line():
    assert str(ImportProblem("a.txt", 3, "Mend it.")) == "a.txt:3: Mend it."
    assert str(ImportProblem("a.txt", None, "Mend it.")) == "a.txt: Mend it."
