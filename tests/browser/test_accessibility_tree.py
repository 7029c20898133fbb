"""What a screen reader is told of a monograph's page, in its order: looked through by people, and kept."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_published

pytestmark = [pytest.mark.django_db(transaction=True)]

TREE = """
- link "Skip to the text"
- banner:
  - link "Monograph Portal"
  - navigation "Site":
    - list:
      - listitem:
        - link "A to Z"
      - listitem:
        - link "Topics"
  - search:
    - button "Search"
- main:
  - navigation "Breadcrumb"
  - heading "Ketamine" [level=1]
  - link "be the first to review"
  - paragraph: A medicine for tests.
  - paragraph:
    - link "Read the monograph"
    - link "Write a review"
    - link "Share or cite"
  - list:
    - listitem: /Edition 1,/
    - listitem: /Not yet clinically reviewed. Next review due/
  - navigation "On this page":
    - list:
      - listitem:
        - link "Description"
      - listitem:
        - link "References (0)"
      - listitem:
        - link "Editions (1)"
      - listitem:
        - link "Reviews (0)"
  - navigation "Contents":
    - heading "Contents" [level=2]
    - list:
      - listitem:
        - link "1 Medical uses"
      - listitem:
        - link "2 Mechanism of action"
  - article:
    - region "1 Medical uses":
      - heading "1 Medical uses" [level=2]
      - paragraph: It blocks receptors.
      - paragraph:
        - link /Report an error in this section.*Medical uses/
    - region "2 Mechanism of action"
    - region "3 Forms and administration"
    - region "4 Side effects"
    - region "5 Emerging research"
  - region "References":
    - heading "References" [level=2]
  - region "Editions":
    - heading "Editions" [level=2]
    - paragraph: First edition.
  - region "Share and cite":
    - heading "Share and cite" [level=2]
    - paragraph: Address of this page
    - button "Copy Address of this page"
    - paragraph:
      - link "Send by e-mail"
    - group: Cite this page
  - paragraph: Was this page helpful?
  - button "Yes"
  - button "No"
  - region "Reviews":
    - heading "Reviews" [level=2]
    - paragraph: There are no reviews yet.
    - heading "Be the first to review “Ketamine”" [level=3]
  - navigation "Neighbours in the alphabet":
    - link "Next Lidocaine"
- contentinfo:
  - heading "Information, not advice" [level=2]
  - heading "Report a side effect" [level=2]
  - navigation "Footer"
"""


def test_a_screen_reader_is_told_the_page_in_the_order_in_which_it_was_looked_through(page):
    make_published(title="Ketamine", slug="ketamine", body="It blocks receptors.")
    make_published(title="Lidocaine", slug="lidocaine")
    page.goto("/monographs/ketamine/")
    expect(page.locator("body")).to_match_aria_snapshot(TREE)
