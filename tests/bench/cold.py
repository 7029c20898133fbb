"""The portal with nothing kept: every request queries and renders. Settings and WSGI application in one."""

from django.core.wsgi import get_wsgi_application

from portal.settings import *  # noqa: F403

CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


def application(environ, start_response):
    """Start Django with the first request; these settings are loaded while it starts."""
    global _django
    _django = _django or _start()
    return _django(environ, start_response)


def _start():
    django = get_wsgi_application()
    from monographs.in_memory import stores
    from reviews.templatetags import reviews  # noqa: F401  (has a store)

    for store in stores:
        store.most_bytes = 0
    return django


_django = None
