"""html-validate (standard and a11y presets) and the Nu checker on every kind of page; exit 1 with what they find.

Run with `.venv/bin/python -m tests.checks.html`. Needs npm, which fetches what package.json names, and Java.
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

HERE = Path(__file__).parent
TOOLS = HERE / "node_modules"
RULES = {"root": True, "extends": ["html-validate:standard", "html-validate:a11y"]}
# The sections of an article hold its headings, and the page's title stands above it.
NU_RULES = ("--filterpattern", "Article lacks heading.*")
NEEDED = {"npm": "npm", "node": "nodejs", "java": "default-jre-headless"}


def main():
    if missing := [package for program, package in NEEDED.items() if not shutil.which(program)]:
        sys.exit(f"Programs are missing. On Debian: apt-get install {' '.join(missing)}")
    _run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", cwd=HERE)
    with portal_at_work() as (site, pages), tempfile.TemporaryDirectory() as folder:
        for kind, path in pages.items():
            Path(folder, f"{kind.replace(' ', '-')}.html").write_bytes(_read(site + path))
        Path(folder, ".htmlvalidate.json").write_text(json.dumps(RULES))
        names = sorted(path.name for path in Path(folder).glob("*.html"))
        validate = (TOOLS / ".bin" / "html-validate", "--max-warnings=0", "--formatter=stylish", *names)
        nu = ("java", "-Xss4m", "-jar", TOOLS / "vnu-jar" / "build" / "dist" / "vnu.jar", "--Werror", *NU_RULES, *names)
        faulty = [tool for tool in (validate, nu) if _run(*tool, cwd=folder, check=False).returncode]
    print(f"{len(names)} kinds of pages: {'faults found' if faulty else 'no fault'}")
    sys.exit(1 if faulty else 0)


def _run(*command, **options):
    return subprocess.run(command, **{"check": True, **options})


def _read(address):
    try:
        return urllib.request.urlopen(address).read()
    except urllib.error.HTTPError as error:
        # What is gone or missing has a page as well.
        return error.read()


if __name__ == "__main__":
    main()
