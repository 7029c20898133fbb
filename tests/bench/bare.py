"""The measure to compare with: a Django with no middleware and one view that returns the same bytes each time.

`constant_wsgi` does that without Django: no WSGI application on this server can be quicker.
"""

import os
from pathlib import Path

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

PAGE = Path(os.environ["BARE_PAGE"]).read_bytes()


def constant(request):
    return HttpResponse(PAGE)


urlpatterns = [path("", constant)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bare" * 15, MIDDLEWARE=[])
django.setup()
application = get_wsgi_application()
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(PAGE)))]


def constant_wsgi(environ, start_response):
    start_response("200 OK", HEADERS)
    return [PAGE]
