"""What the monograph page weighs, compressed, and how many requests its first view takes; exit 1 above the limits.

Run with `.venv/bin/python -m tests.bench.weight`. Two pages are weighed, each with ten reviews: a short article, for
which the limit of 14,000 bytes holds, and the demo monograph. That one's own words and references weigh most, so its
limit grows with them. What a part weighs is what the page loses without it.
"""

import re
import sys
import urllib.request

import brotli

from tests.checks.portal_at_work import portal_at_work

MOST_PAGE, MOST_SCRIPT, MOST_REQUESTS = 14_000, 6_000, 4
"""Bytes of HTML with its CSS; bytes of script; requests besides pictures."""

MOST_BESIDE_TEXT, MOST_PER_WORD, MOST_PER_REFERENCE = 10_000, 3, 100
"""Bytes of a page whose text is longer than what the limit above is made for."""

PARTS = {
    "article": r'<article class="article".*?\n</article>\n',
    "references": r'<ol class="references">.*?</ol>',
    "reviews": r'<section class="panel" id="reviews".*?</section>(?=\s*</div>\s*</div>)',
    "for machines": r'<script type="application/ld\+json">.*?</script>|<(?:meta|link) [^>]*>',
    "share and cite": r'<section class="panel" id="share".*?</section>',
}
TAGS = re.compile(r"<head>.*?</head>|<script.*?</script>|<[^>]+>", re.DOTALL)


def main():
    with portal_at_work() as (site, pages):
        weights = [_weigh(site, kind, pages[kind]) for kind in ("short monograph", "monograph")]
    sys.exit(0 if all(weights) else 1)


def _weigh(site, kind, path):
    """Print what a page weighs; return whether that is within the limits."""
    page = _read(site + path).decode()
    styles, scripts = (
        [_read(site + address).decode() for address in re.findall(pattern, page)]
        for pattern in (r'<link rel="stylesheet" href="([^"]+)"', r'<script src="([^"]+)"')
    )
    html, css, script = _size(page), sum(map(_size, styles)), sum(map(_size, scripts))
    words = len(TAGS.sub(" ", re.search(PARTS["article"], page, re.DOTALL)[0]).split())
    references = page.count('<li id="ref-')
    limit = max(MOST_PAGE, MOST_BESIDE_TEXT + MOST_PER_WORD * words + MOST_PER_REFERENCE * references)
    requests = 1 + len(styles) + len(scripts)
    print(f"{kind}: {words:,} words in the article, {references} references")
    print(f"  HTML {html:,} + CSS {css:,} = {html + css:,} of {limit:,} bytes")
    print(f"  script {script:,} of {MOST_SCRIPT:,} bytes; {requests} of {MOST_REQUESTS} requests")
    parts = [f"{name} {html - _size(re.sub(pattern, '', page, flags=re.DOTALL)):,}" for name, pattern in PARTS.items()]
    print(f"  of the HTML: {', '.join(parts)}; all that is read, without markup, {_size(TAGS.sub('', page)):,}")
    return html + css <= limit and script <= MOST_SCRIPT and requests <= MOST_REQUESTS


def _size(text):
    return len(brotli.compress(text.encode(), quality=11))


def _read(address):
    return urllib.request.urlopen(address).read()


if __name__ == "__main__":
    main()
