"""A moderator at the desk."""

import pytest

from tests.factories_reviews import make_moderator


@pytest.fixture
def moderator():
    return make_moderator(username="mary", first_name="Mary", last_name="Seacole", email="mary@example.org")


@pytest.fixture
def desk(client, moderator):
    """A client in which the moderator is signed in."""
    client.force_login(moderator)
    return client
