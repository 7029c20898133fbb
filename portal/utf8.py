"""Every address and form is read as UTF-8, whatever a request claims."""

import re

CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)


def utf8_only(application):
    """Return a WSGI application that drops the charset of requests before Django sees it.

    Django would look for a codec of that name before any middleware runs, and "base64" is one that raises.
    """

    def wrapped(environ, start_response):
        if claimed := environ.get("CONTENT_TYPE"):
            environ["CONTENT_TYPE"] = CHARSET.sub("", claimed)
        return application(environ, start_response)

    return wrapped
