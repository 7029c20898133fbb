from ipaddress import ip_network

import pytest
from django.test import RequestFactory

from portal.middleware import trusted_proxies


def seen(**meta):
    """Return the request as views see it behind the middleware."""
    requests = []
    trusted_proxies(requests.append)(RequestFactory().get("/", **meta))
    return requests[0]


@pytest.fixture(autouse=True)
def _proxies(settings):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]


def test_a_trusted_proxy_tells_the_visitors_address_and_scheme():
    request = seen(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9", HTTP_X_FORWARDED_PROTO="https")
    assert request.META["REMOTE_ADDR"] == "203.0.113.9"
    assert request.is_secure()


def test_headers_of_anyone_else_are_dropped():
    request = seen(REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_FOR="10.0.0.1", HTTP_X_FORWARDED_PROTO="https")
    assert request.META["REMOTE_ADDR"] == "203.0.113.9"
    assert not request.is_secure()
    assert "HTTP_X_FORWARDED_FOR" not in request.META


def test_an_address_that_the_visitor_made_up_is_not_believed():
    request = seen(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 203.0.113.9, 10.0.0.2")
    assert request.META["REMOTE_ADDR"] == "203.0.113.9"


def test_nonsense_in_the_header_leaves_the_proxys_address():
    request = seen(REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="nonsense")
    assert request.META["REMOTE_ADDR"] == "10.0.0.1"
