"""A writer with the form of a monograph open."""

import pytest

from tests.browser.drafts.acts import visit
from tests.factories import EDITING, make_monograph, make_user


@pytest.fixture
def writer():
    return make_user(*EDITING, username="writer")


@pytest.fixture
def monograph():
    monograph = make_monograph(title="Ketamine", slug="ketamine", body="As it was.")
    for position, label in enumerate(("Class", "Given by", "Half-life"), start=1):
        monograph.facts.create(label=label, value="Some", position=position)
    return monograph


@pytest.fixture
def form(log_in, writer, monograph, live_server):
    """Return a function that opens the form in a page, as the writer or somebody else."""

    def form(page, user=None, opens=visit):
        log_in(page, user or writer)
        return opens(page, monograph)

    return form
