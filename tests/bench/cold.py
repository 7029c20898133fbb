"""The portal with nothing kept in memory: every request queries, and renders what publication has not stored.

Settings and WSGI application in one.
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
