"""A writer and a monograph, whose form can be opened."""

import pytest

from tests.factories import EDITING, make_monograph, make_user


@pytest.fixture
def writer():
    return make_user(*EDITING, username="writer")


@pytest.fixture
def monograph():
    monograph = make_monograph(title="Ketamine", slug="ketamine", body="It *blocks* receptors [@b-2].\n\n## How\n\nSo.")
    for position, key in enumerate(("a-1", "b-2"), start=1):
        monograph.references.create(key=key, authors="A", year=2000, title="T", source="S", position=position)
    for position, label in enumerate(("Class", "Given by", "Half-life"), start=1):
        monograph.facts.create(label=label, value="Some", position=position)
    return monograph


@pytest.fixture
def open_form(log_in, writer, monograph):
    """Return a function that opens the form of `monograph` in a page."""

    def open_form(page):
        log_in(page, writer)
        page.goto(f"/admin/monographs/monograph/{monograph.pk}/change/")

    return open_form
