"""Records every attempt to log in, and locks out networks that fail too often: the storage behind django-axes.

axes' own tables would keep names, network addresses and whatever else was sent.
"""

from contextlib import suppress
from datetime import timedelta

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from django.conf import settings
from django.contrib.auth import get_user_model
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from monographs.open_forms import WIDER, TooMany, check_wide, count_wide, hash_of_network
from portal.models import Login

PURPOSE = "portal.login"


class LockOut(AbstractAxesHandler, AxesBaseHandler):
    """What axes calls when somebody logs in or fails to; its middleware then answers with `locked_page`."""

    def is_locked(self, request, credentials=None):
        if Login.objects.is_locked(**_hashes(request, (credentials or {}).get("username"))):
            return True
        try:
            check_wide(PURPOSE, _address(request), **_allowance())
        except TooMany:
            return True
        return False

    def get_failures(self, request, credentials=None):
        return settings.LOGIN_ATTEMPTS if self.is_locked(request, credentials) else 0

    def user_login_failed(self, sender, credentials, request=None, **kwargs):
        # A command that checks a password has no request. Who is locked out already is not counted again, so that
        # the lock ends.
        if request is None or request.axes_locked_out:
            return
        name = credentials.get("username")
        result = credentials.get("result", Login.Result.WRONG_PASSWORD)
        user = get_user_model().objects.filter(username=name).first() if name else None
        _record(request, name, user, result)
        # One that fails at the same moment as the last that may is counted no more.
        with suppress(TooMany):
            count_wide(PURPOSE, _address(request), **_allowance())
        if self.is_locked(request, credentials):
            request.axes_locked_out = True
            _record(request, name, user, Login.Result.LOCKED)

    def user_logged_in(self, sender, request, user, **kwargs):
        result = getattr(request, "login_result", Login.Result.ENTERED)
        _record(request, user.get_username(), user, result)

    def user_logged_out(self, sender, request, user, **kwargs):
        """Leaving is not recorded."""


def _address(request):
    return request.META.get("REMOTE_ADDR", "")


def _allowance():
    """How often somebody in a whole IPv6 /48 may fail, with any names, and within which time."""
    most = WIDER * Login.NETWORK_ALLOWANCE * settings.LOGIN_ATTEMPTS
    return {"most": most, "within": timedelta(minutes=settings.LOGIN_LOCKOUT_MINUTES)}


def _record(request, name, user, result):
    Login.objects.create(user=user, result=result, **_hashes(request, name))


def _hashes(request, name):
    name = str(name or "").lower()
    return {
        "name_hash": salted_hmac("portal.login.name", name, algorithm="sha256").hexdigest(),
        "network_hash": hash_of_network(PURPOSE, _address(request)),
    }


def locked_page(request, response, credentials=None):
    """Say that there were too many attempts, and when the next is possible."""
    minutes = settings.LOGIN_LOCKOUT_MINUTES
    page = render(request, "admin/login/locked.html", {"minutes": minutes}, status=429)
    page.headers["Retry-After"] = str(minutes * 60)
    page.headers["Cache-Control"] = "no-store"
    return page
