"""A moderator with the desk open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories_reviews import make_moderator


@pytest.fixture
def page(page):
    """A page whose clock stands still but in rest(), so that no key comes too early or too late by chance."""
    page.clock.install()
    page.clock.pause_at(timezone.now() + timedelta(minutes=1))
    return page


@pytest.fixture
def desk(live_server):
    return f"{live_server.url}/admin/reviews/desk/"


@pytest.fixture
def moderator(page, log_in):
    moderator = make_moderator(username="mary", first_name="Mary")
    log_in(page, moderator)
    return moderator
