"""A monograph to write about."""

import pytest
from django.urls import reverse

from tests.factories import make_published


@pytest.fixture
def monograph():
    return make_published(title="Ketamine", slug="ketamine")


@pytest.fixture
def address(monograph):
    return reverse("review_new", args=[monograph.slug])
