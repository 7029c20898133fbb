"""A monograph to be corrected."""

import pytest

from tests.factories import make_published


@pytest.fixture
def monograph():
    return make_published(title="Ketamine", slug="ketamine")
