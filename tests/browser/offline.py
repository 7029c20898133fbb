"""A browser whose line is cut."""

from tests.waiting import wait_for


def go_offline(page):
    """Cut the line, and wait until it is cut: a busy browser says so before nothing passes any more."""
    page.context.set_offline(True)
    wait_for(lambda: page.evaluate("fetch('/healthz').then(() => false, () => true)"))
