"""In a text browser everything of a monograph's page can be read, in order."""

import shutil
import subprocess

import pytest

from tests.checks.library import make_everything
from tests.conftest import REQUIRED

pytestmark = [pytest.mark.django_db(transaction=True)]

IN_ORDER = [
    "Skip to the text",
    "A to Z",
    "Pneumonoultramicroscopic",
    "A medicine for tests.",
    "Read the monograph",
    "Edition 1",
    "Not yet clinically reviewed.",
    "Contents",
    "Medical uses",
    "It blocks NMDA.",
    "Get help at once",
    "Solution for",
    "28.3%",
    "Report an error in this section",
    "Open the picture in full size",
    "A caption.",
    "References",
    "Green S",
    "Abbreviations",
    "N-methyl-D-aspartate",
    "Editions",
    "Share and cite",
    "Was this page helpful?",
    "There are no reviews yet.",
    "Information, not advice",
    "Yellow Card",
]


def test_a_text_browser_shows_everything_in_order(live_server):
    w3m = shutil.which("w3m")
    if w3m is None:
        reason = "needs w3m: apt install w3m"
        if "w3m" in REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)
    make_everything()
    address = f"{live_server.url}/monographs/everything/"
    text = subprocess.run([w3m, "-dump", "-cols", "120", address], capture_output=True, text=True, check=True).stdout
    place = 0
    for words in IN_ORDER:
        found = text.find(words, place)
        assert found >= 0, f"“{words}” is missing, or does not follow what stands before it"
        place = found
