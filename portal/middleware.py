"""Middleware of the portal."""

from ipaddress import ip_address

from django.conf import settings

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")


def trusted_proxies(get_response):
    """Take the visitor's address and scheme from a proxy in TRUSTED_PROXIES; drop the headers of anyone else.

    Afterwards REMOTE_ADDR is the visitor and request.scheme is what the visitor used.
    """

    def middleware(request):
        meta = request.META
        forwarded = {name: meta.pop(name) for name in FORWARDED if name in meta}
        if forwarded and is_trusted(meta.get("REMOTE_ADDR", "")):
            meta["REMOTE_ADDR"] = _visitor(forwarded.get("HTTP_X_FORWARDED_FOR", ""), meta["REMOTE_ADDR"])
            if forwarded.get("HTTP_X_FORWARDED_PROTO") in ("http", "https"):
                meta["wsgi.url_scheme"] = forwarded["HTTP_X_FORWARDED_PROTO"]
        return get_response(request)

    return middleware


def no_cookie_on_public_answers(get_response):
    """Let no answer that a cache may keep set a cookie or vary by one, whatever cookies a request brings.

    Django takes a session's cookie away where the session is gone. A kept page would take everybody's away.
    """

    def middleware(request):
        response = get_response(request)
        told = response.headers.get("Cache-Control", "")
        if "private" not in told and "no-store" not in told:
            response.cookies.clear()
            varying = [name.strip() for name in response.headers.get("Vary", "").split(",")]
            del response.headers["Vary"]
            if others := [name for name in varying if name and name.lower() != "cookie"]:
                response.headers["Vary"] = ", ".join(others)
        return response

    return middleware


def is_trusted(address):
    """Whether an address belongs to a proxy whose headers are believed."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in settings.TRUSTED_PROXIES)


def _visitor(forwarded_for, proxy):
    """Return the last address that no trusted proxy added; the ones before it can be made up by the visitor."""
    for address in reversed([part.strip() for part in forwarded_for.split(",")]):
        if not is_trusted(address):
            return address if _is_address(address) else proxy
        proxy = address
    return proxy


def _is_address(text):
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
