"""Who has given the right password and not yet the code. Until then they count as nobody."""

import time

from django.contrib.auth import get_user_model
from django.utils.crypto import constant_time_compare

KEY = "login.pending"
MOST_SECONDS = 10 * 60


def remember(request, user, *, next_page):
    """Note in a new session that this person's password was right."""
    request.session.flush()
    request.session[KEY] = {
        "user": user.pk,
        "hash": user.get_session_auth_hash(),
        "backend": user.backend,
        "next": next_page,
        "until": time.time() + MOST_SECONDS,
    }


def person(request):
    """Return the person whose password was right, with `backend` as login() needs it, or None."""
    note = request.session.get(KEY)
    if not note or note["until"] < time.time():
        return None
    user = get_user_model().objects.filter(pk=note["user"], is_active=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), note["hash"]):
        return None
    user.backend = note["backend"]
    return user


def take_next_page(request):
    """Return where the person wanted to go, and forget about the first step."""
    return request.session.pop(KEY, {}).get("next")
