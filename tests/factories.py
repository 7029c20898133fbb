"""Plain functions that make what tests need, each with sensible values that a test may override."""

from itertools import count

from django.contrib.auth.models import Permission, User

from monographs.models import Monograph

_numbers = count(1)


def make_user(*permissions, is_staff=True, **kwargs):
    """Make a user with permissions given as "app.codename"; password "pass"."""
    kwargs.setdefault("username", f"user{next(_numbers)}")
    user = User.objects.create_user(password="pass", is_staff=is_staff, **kwargs)
    for permission in permissions:
        app, codename = permission.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return user


def make_monograph(*, body="Some text.", **kwargs):
    """Make a working copy that is fit to be published: five standard sections, each with `body`."""
    number = next(_numbers)
    kwargs.setdefault("title", f"Medicine {number}")
    kwargs.setdefault("slug", f"medicine-{number}")
    kwargs.setdefault("summary", "A medicine for tests.")
    monograph = Monograph.objects.create(**kwargs)
    monograph.sections.update(body=body)
    return monograph


def make_published(*, note="First edition.", by=None, public_from=None, **kwargs):
    """Make a monograph and publish its first edition; return the monograph."""
    monograph = make_monograph(**kwargs)
    monograph.publish(by=by, note=note, public_from=public_from)
    return monograph
