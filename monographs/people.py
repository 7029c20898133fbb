"""Users: how they are named, and who may do what."""

from django.contrib.auth import get_user_model
from django.db.models import Q

BACKEND = "django.contrib.auth.backends.ModelBackend"


def name_of(user):
    """Return the name that other people here know a user by."""
    return user.get_full_name() or user.get_username()


def people_who_may(*codenames, app="monographs"):
    """Return the active staff who have one of these permissions of an app."""
    users = get_user_model().objects
    # The backend is named because a site with several would have to choose.
    allowed = [users.with_perm(f"{app}.{codename}", backend=BACKEND).values("pk") for codename in codenames]
    condition = Q()
    for people in allowed:
        condition |= Q(pk__in=people)
    return users.filter(condition, is_staff=True).order_by("pk")
