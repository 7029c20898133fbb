"""Texts in which something is seen, and what their pages carry."""

import html
import re

NUMBER = "The ward is at 020 7946 0018, and kind."
CRISIS = "It stopped working and now I want to die."
LONG = "The first two weeks were strange. After the fourth session I slept through the night, and I sleep still."


def page_of(response):
    return html.unescape(response.content.decode())


def carried_by(response):
    """Return what the page between would send, without a choice of button."""
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    return {name: html.unescape(value) for name, value in inputs}
