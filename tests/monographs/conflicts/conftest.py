"""Two editors of one monograph."""

from datetime import date

import pytest

from tests.factories import make_monograph
from tests.monographs.conflicts.editors import Editor


@pytest.fixture
def monograph():
    monograph = make_monograph(title="Ketamine", body="Old text.")
    for position, label in enumerate(("Class", "Half-life"), start=1):
        monograph.facts.create(label=label, value="Some", position=position)
    monograph.identifiers.create(register="CAS", value="6740-88-1")
    monograph.references.create(
        key="a-1", authors="A", year=2000, title="T", source="S", doi="10.1000/a", checked_on=date(2024, 3, 1)
    )
    return monograph


@pytest.fixture
def ada(monograph):
    return Editor(monograph, username="ada", first_name="Ada", last_name="Lovelace")


@pytest.fixture
def bob(monograph):
    return Editor(monograph, username="bob")
