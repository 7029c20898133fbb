"""Nobody counts as logged in before the second step."""

from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from portal.login import second_step


def second_step_first(get_response):
    """Take a session for anonymous while the second step is due; it comes after django-otp's middleware.

    That happens when REQUIRE_TOTP is switched on, and to a person's other sessions when they set up the second step.
    """

    def middleware(request):
        request.user = SimpleLazyObject(partial(_who_is_in, request.user))
        return get_response(request)

    return middleware


def _who_is_in(user):
    if user.is_authenticated and not user.is_verified() and second_step.is_due(user):
        return AnonymousUser()
    return user
