"""Somebody with a browser at a site with TLS: at its nginx, or at one of the processes behind it."""

import http.client
import ssl
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.forms import FormReader
from tests.stack.nginx import HOST


class Visitor:
    """Keeps cookies, follows nothing, and sends forms as a browser does."""

    def __init__(self, port, *, certificate=None, cookies=None, network="192.0.2.7"):
        self.port, self.certificate, self.network = port, certificate, network
        self.cookies = SimpleCookie() if cookies is None else cookies

    def at(self, app):
        """Return the same person at one process, as its proxy would pass them on."""
        return Visitor(app.port, cookies=self.cookies, network=self.network)

    def ask(self, method, path, body=None, **headers):
        """Return (status, headers, text)."""
        headers |= {"Host": HOST, "Origin": f"https://{HOST}"}
        headers["Cookie"] = "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items())
        if self.certificate:
            context = ssl.create_default_context(cafile=self.certificate)
            context.check_hostname = False
            connection = http.client.HTTPSConnection("127.0.0.1", self.port, context=context, timeout=30)
        else:
            headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": self.network}
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", ()):
            self.cookies.load(header)
        return response.status, response.headers, content.decode(errors="replace")

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def form(self, path):
        """Return what the form of a page would send."""
        status, _headers, page = self.get(path)
        assert status == 200, f"{path}: {status}"
        return FormReader(page).data

    def send(self, path, data, *, has_files=False):
        """Send a form; return (status, headers, text)."""
        if has_files:
            return self.ask("POST", path, encode_multipart(BOUNDARY, data), **{"Content-Type": MULTIPART_CONTENT})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.ask("POST", path, urlencode(data, doseq=True), **kind)
