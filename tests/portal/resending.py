"""A review that could not be stored, sent again from the page that came back."""

import html
import re

BODY = "The first two weeks were strange.\n\n<b>& after</b> that I slept. " + "Better every week. " * 250


def resend(page):
    """Return the fields of the form on a page as a browser would send them."""
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    fields += re.findall(r'<textarea [^>]*name="([^"]*)"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    return {html.unescape(name): html.unescape(value) for name, value in fields}
