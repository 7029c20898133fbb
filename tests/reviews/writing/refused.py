"""A form that comes back with everything that was typed."""

import html
import re

from reviews.models import Review

TYPED = ("Helped when nothing else had", "After the fourth session", "Ada", "depression", "nasal spray", "2025-03")


def page_of(response):
    return html.unescape(response.content.decode())


def assert_refused_with_everything_kept(response, *sentences, status=200):
    page = page_of(response)
    assert response.status_code == status
    assert not Review.objects.exists()
    for sentence in sentences:
        assert sentence in page
    for typed in TYPED:
        assert typed in page
    assert re.search(r"<title>\s*Error: ", page)
    assert 'role="alert"' in page
