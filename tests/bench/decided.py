"""The portal as after a decision: the tally has moved, so that no kept page is right and each request makes it anew.

What a process keeps besides pages it has: frames, and the HTML of reviews. Settings and WSGI application in one.
"""

from django.core.wsgi import get_wsgi_application

from portal.settings import *  # noqa: F403

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


def application(environ, start_response):
    """Start Django with the first request; these settings are loaded while it starts."""
    global _django
    _django = _django or get_wsgi_application()
    return _django(environ, start_response)


_django = None
