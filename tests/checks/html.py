"""html-validate (standard and a11y presets) on every kind of page; exit 1 with what it finds.

Run with `.venv/bin/python -m tests.checks.html`. Needs npm, which fetches html-validate where it is not kept.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from tests.checks.portal_at_work import portal_at_work

TOOL = "html-validate@10"
RULES = {"root": True, "extends": ["html-validate:standard", "html-validate:a11y"]}


def main():
    if not shutil.which("npx"):
        sys.exit("npx is missing. On Debian: apt-get install npm")
    with portal_at_work() as (site, pages), tempfile.TemporaryDirectory() as folder:
        for kind, path in pages.items():
            Path(folder, f"{kind.replace(' ', '-')}.html").write_bytes(_read(site + path))
        Path(folder, ".htmlvalidate.json").write_text(json.dumps(RULES))
        code = subprocess.run(
            ["npx", "--yes", TOOL, "--formatter=stylish", "*.html"], cwd=folder, check=False
        ).returncode
    print(f"{len(pages)} kinds of pages: {'faults found' if code else 'no fault'}")
    sys.exit(code)


def _read(address):
    try:
        return urllib.request.urlopen(address).read()
    except urllib.error.HTTPError as error:
        # What is gone or missing has a page as well.
        return error.read()


if __name__ == "__main__":
    main()
