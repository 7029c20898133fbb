"""Lighthouse (mobile) on the pages that most people see: 100 in all four categories, the median of three runs.

Run with `.venv/bin/python -m tests.checks.lighthouse`. Needs npm and Chromium. Takes some minutes, and tells about the
machine as well as about the pages: run it while nothing else does.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys

from tests.checks.portal_at_work import portal_at_work

TOOL = "lighthouse@12.8.2"
# Results of a search are kept out of search engines on purpose, which costs points there: the page is looked at empty.
PAGES = ("front page", "monograph", "reviews", "empty search")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3


def main():
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not (shutil.which("npx") and chromium):
        sys.exit("Lighthouse needs npx and Chromium. On Debian: apt-get install npm chromium")
    is_perfect = True
    with portal_at_work() as (site, pages):
        for kind in PAGES:
            runs = [_scores(site + pages[kind], chromium) for _ in range(RUNS)]
            medians = {category: statistics.median(run[category] for run in runs) for category in CATEGORIES}
            print(f"{kind:12} " + "  ".join(f"{category} {score:.0f}" for category, score in medians.items()))
            is_perfect = is_perfect and set(medians.values()) == {100}
    sys.exit(0 if is_perfect else 1)


def _scores(address, chromium):
    output = subprocess.run(
        ["npx", "--yes", TOOL, address, "--output=json", "--quiet", "--chrome-flags=--headless=new --no-sandbox"],
        env={**os.environ, "CHROME_PATH": chromium}, check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    categories = json.loads(output)["categories"]
    return {category: round(100 * (categories[category]["score"] or 0)) for category in CATEGORIES}


if __name__ == "__main__":
    main()
