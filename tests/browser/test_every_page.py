"""Every kind of public page, narrow and wide, light and dark: no fault that axe finds, no sideways scrolling."""

import pytest

from tests.checks.library import make_library

pytestmark = [pytest.mark.django_db(transaction=True)]

MISSING = ("status of 404", "status of 410")
"""The browser complains about pages that are gone or missing, as they are meant to be."""

WIDTHS = (320, 390, 768, 1280, 1600)
LOOKS = (("light", 1280), ("light", 320), ("dark", 320))
"""Colours do not depend on the width."""


@pytest.mark.long
def test_no_kind_of_page_has_a_fault_that_axe_finds(open_page, axe, complaints):
    complaints.allow(*MISSING)
    pages = make_library()
    page = open_page()
    for kind, address in pages.items():
        page.goto(address)
        for scheme, width in LOOKS:
            print(kind, scheme, width)  # noqa: T201  (shown where one fails)
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            axe(page)


def test_no_kind_of_page_scrolls_sideways_at_any_width_or_in_either_direction(open_page, complaints):
    complaints.allow(*MISSING)
    pages = make_library()
    page = open_page()
    too_wide = []
    for kind, address in pages.items():
        page.goto(address)
        page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
        for direction in ("ltr", "rtl"):
            page.evaluate("direction => { document.documentElement.dir = direction }", direction)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    too_wide.append((kind, direction, width))
    assert not too_wide
