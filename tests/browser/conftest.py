"""A real Chromium for the tests of what people see and press."""

import os
import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

from monographs.open_forms import opening
from tests.conftest import REQUIRED
from tests.waiting import wait_for

# Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
AT_REST = """() => Promise.allSettled(document.getAnimations()
    .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity)
    .map((animation) => animation.finished))"""
# Without preload it does not fetch style sheets once more, which only an experimental rule reads. It looks at
# everything, but describes what it found wrong alone, and not the thousands of places that are right.
OPTIONS = {"preload": False, "resultTypes": ["violations"]}
# Whatever is looked at in the dark is looked at in the light as well, and only colours differ.
OF_COLOURS = {**OPTIONS, "runOnly": ["color-contrast", "link-in-text-block"]}
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
LOOK = "([part, options]) => axe.run(part || document, options)"
LOOKED = "axe has looked"
OF_AXE = re.compile("Content Security Policy directive")
# First the one without windows, in which a page opens with a fifth of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_collection_modifyitems(items):
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    """Start Chromium once: the one that CHROMIUM names, or the first that this machine has."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        reason = "needs Chromium: apt install chromium-headless-shell, or set CHROMIUM to the path of one"
        if "browser" in REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


class Complaints(list):
    """What pages complained about: errors in the console, refusals by the content policy, uncaught exceptions.

    A test that provokes one on purpose allows it by a pattern beforehand, because it may come late; any other fails it.
    """

    def __init__(self):
        self.patterns = []

    def allow(self, *patterns):
        self.patterns += patterns

    def not_allowed(self):
        return [complaint for complaint in self if not any(re.search(pattern, complaint) for pattern in self.patterns)]


@pytest.fixture
def complaints():
    return Complaints()


@pytest.fixture
def open_page(browser, live_server, complaints):
    """Return a function that opens a page in a context of its own; its options are those of a playwright context."""
    contexts = []

    def open_page(**options):
        context = browser.new_context(base_url=live_server.url, **{"locale": "en-GB", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints.not_allowed() == []


@pytest.fixture
def patience(monkeypatch):
    """Open forms take what is sent at once for a person's as well, against the rule of tests/reviews/writing."""
    monkeypatch.setattr(opening, "LEAST", timedelta(seconds=-1))


@pytest.fixture
def page(open_page):
    """A page 1280 pixels wide, with JavaScript."""
    return open_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def page_without_script(open_page):
    """The same without JavaScript."""
    return open_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)


@pytest.fixture
def axe(complaints):
    """Return a function that asserts that axe finds no violation on a page, or in the part that a selector names."""

    def check(page, selector=None):
        page.evaluate(AT_REST)
        before = len(complaints)
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        options = OF_COLOURS if page.evaluate(IS_DARK) else OPTIONS
        results = AxeResults(page.evaluate(LOOK, [selector, options]))
        # While it looks, axe itself tries styles that the content policy refuses. What the page says last comes last.
        page.evaluate("words => console.error(words)", LOOKED)
        wait_for(lambda: page.title() is not None and LOOKED in complaints[before:])
        complaints[before:] = [text for text in complaints[before:] if text != LOOKED and not OF_AXE.search(text)]
        assert not results.response["violations"], results.generate_report()

    return check


@pytest.fixture
def log_in(live_server):
    """Return a function that logs a user in, in the context of a page."""

    def log_in(page, user):
        client = Client()
        client.force_login(user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])

    return log_in
