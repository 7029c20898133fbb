import io

import pytest
from django.core.wsgi import get_wsgi_application

from portal.utf8 import utf8_only

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("charset", ["base64", "rot13", "hex", "utf-16", "nothing", '"', "utf-8"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_made_up_encoding_is_not_an_error(method, charset):
    status = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": "/search/",
        "QUERY_STRING": "q=k%C3%A9tamine",
        "CONTENT_TYPE": f"application/x-www-form-urlencoded; charset={charset}",
        "CONTENT_LENGTH": "3",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(b"q=x"),
    }
    response = utf8_only(get_wsgi_application())(environ, lambda line, headers, exc_info=None: status.append(line))
    page = b"".join(response).decode()
    response.close()
    assert status == ["200 OK" if method == "GET" else "403 Forbidden"]
    if method == "GET":
        assert "kétamine" in page
