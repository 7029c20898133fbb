"""Whether somebody of the staff sends a request, found out before its body is read and without changing anything."""

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.http.cookie import parse_cookie
from django.utils.crypto import constant_time_compare
from django_otp import DEVICE_ID_SESSION_KEY

from portal.login import second_step
from portal.login.sessions import SessionStore


def is_from_staff(environ):
    """Whether the cookie of a request belongs to a session of somebody of the staff, the second step included.

    Django's own way to ask gives a session from before a change of SECRET_KEY another key, and nobody would get it.
    """
    key = parse_cookie(environ.get("HTTP_COOKIE", "")).get(settings.SESSION_COOKIE_NAME)
    if not key:
        return False
    session = SessionStore(key).load()
    user = get_user_model().objects.filter(pk=session.get(SESSION_KEY), is_active=True, is_staff=True).first()
    if user is None or not _is_of(user, session.get(HASH_SESSION_KEY, "")):
        return False
    return DEVICE_ID_SESSION_KEY in session or not second_step.is_due(user)


def _is_of(user, session_hash):
    """Whether a session was opened with the password that the person has now."""
    known = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(session_hash, one) for one in known)
