"""What the monograph page weighs, compressed, and how many requests its first view takes; exit 1 above the limits.

Run with `.venv/bin/python -m tests.bench.weight`. Two pages are weighed, each with ten reviews. The limits hold for an
article of five short sections. The demo monograph, five times as long and with 26 references, is there to be watched.
"""

import re
import sys
import urllib.request

import brotli

from tests.checks.portal_at_work import portal_at_work

MOST_PAGE, MOST_SCRIPT, MOST_REQUESTS = 14_000, 6_000, 4
"""Bytes of HTML with its CSS; bytes of script; requests besides pictures."""


def main():
    with portal_at_work() as (site, pages):
        weights = {kind: _weigh(site, pages[kind]) for kind in ("monograph", "short monograph")}
    is_light = True
    for kind, (html, styles, scripts, requests) in weights.items():
        total = html + styles
        is_light = is_light and (total <= MOST_PAGE or kind == "monograph")
        is_light = is_light and scripts <= MOST_SCRIPT and requests <= MOST_REQUESTS
        print(
            f"{kind:16} HTML {html:,} + CSS {styles:,} = {total:,} of {MOST_PAGE:,} bytes; "
            f"script {scripts:,} of {MOST_SCRIPT:,} bytes; {requests} of {MOST_REQUESTS} requests"
        )
    sys.exit(0 if is_light else 1)


def _weigh(site, path):
    page = _read(site + path)
    styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.decode())
    scripts = re.findall(r'<script src="([^"]+)"', page.decode())
    return _size(page), _sizes(site, styles), _sizes(site, scripts), 1 + len(styles) + len(scripts)


def _sizes(site, paths):
    return sum(_size(_read(site + path)) for path in paths)


def _size(content):
    return len(brotli.compress(content, quality=11))


def _read(address):
    return urllib.request.urlopen(address).read()


if __name__ == "__main__":
    main()
