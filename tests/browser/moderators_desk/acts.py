"""Reviews that wait at the desk, and how it comes to rest."""

from playwright.sync_api import expect

from tests.factories import make_published
from tests.factories_reviews import make_review

REST = 450
"""A review must be shown this long before a key decides it."""


def make_reviews(*titles, **kwargs):
    monograph = make_published()
    return [make_review(monograph=monograph, title=title, **kwargs) for title in titles]


def shows(page, title):
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def rest(page):
    page.clock.run_for(REST)
