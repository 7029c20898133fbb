"""What a page says."""

import html


def page_of(response):
    return html.unescape(response.content.decode())
