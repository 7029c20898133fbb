"""A process of the server, without the server: what it answers, and how often Django was asked."""

import gzip
import io

import brotli
import zstandard
from django.core.wsgi import get_wsgi_application
from django.db import connection

from portal.commits import commits_of
from portal.front_door import FrontDoor

DECODERS = {
    "": bytes,
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": zstandard.decompress,
}


class Worker:
    """One server process: the front door around Django, with a count of what got through to Django."""

    def __init__(self):
        self.django = get_wsgi_application()
        self.asked_django = 0
        self.commits = commits_of(connection.settings_dict)
        self.application = FrontDoor(self._through, self.commits)

    def _through(self, environ, start_response):
        self.asked_django += 1
        return self.django(environ, start_response)

    def ask(self, path="/monographs/ketamine/", **extra):
        """Return (status, headers, body) as a server would get them."""
        return self._ask(self.application, path, extra)

    def ask_django(self, path, **extra):
        """Return the same of a page that Django makes anew."""
        return self._ask(self.django, path, extra)

    def _ask(self, application, path, extra):
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            **extra,
        }
        answer = []
        response = application(environ, lambda status, headers, exc_info=None: answer.extend((status, headers)))
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
        decode = DECODERS[dict(answer[1]).get("Content-Encoding", "")]
        return answer[0], dict(answer[1]), decode(body).decode()

    def stop(self):
        self.commits.source.close()
