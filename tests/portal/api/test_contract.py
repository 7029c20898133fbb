"""The API keeps what its OpenAPI document promises, whatever it is asked."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from schemathesis import GenerationMode

from portal.api.api import api
from reviews.models import Review
from tests.portal.api.library import fill

pytestmark = pytest.mark.django_db

DOCUMENT = "/api/v1/openapi.json"
PATHS = list(api.get_openapi_schema()["paths"])
MODERATELY = hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True, database=None
)


@pytest.fixture
def contract(settings):
    """The document as programs get it, of a site with something of everything."""
    settings.API_PER_MINUTE = 1_000_000
    fill()
    # The test's transaction is this connection, and a real request would close it.
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(DOCUMENT, get_wsgi_application())
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.parametrize("path", PATHS)
def test_answers_are_as_the_document_says(contract, path):
    operation = contract[path]["GET"]
    slug = "anaesthetics" if "/topics/" in path else "ketamine"
    places = {"slug": slug, "number": 1, "anchor": "effects", "pk": Review.objects.approved().first().pk}
    known = operation.Case(path_parameters=places, query={"q": "ketamine"} if path.endswith("/search") else {})
    assert known.call_and_validate().status_code == 200

    @MODERATELY
    @given(mode=st.sampled_from(GenerationMode), data=st.data())
    def answers(mode, data):
        data.draw(operation.as_strategy(generation_mode=mode)).call_and_validate()

    answers()


def test_the_document_is_openapi_3_1(client):
    document = client.get(DOCUMENT).json()
    assert document["openapi"].startswith("3.1")
    validate(document)
