"""The ready-made groups and what each may do."""

from django.contrib.auth.models import Group, Permission

_PARTS = ("section", "fact", "identifier", "reference")
_EDITOR = [
    "monographs.view_edition",
    "monographs.view_monograph",
    "monographs.add_monograph",
    "monographs.change_monograph",
    "monographs.view_topic",
    "monographs.add_topic",
    "monographs.change_topic",
    *(f"monographs.{verb}_{part}" for part in _PARTS for verb in ("view", "add", "change", "delete")),
]

GROUPS = {
    "Editors": _EDITOR,
    "Publishers": [*_EDITOR, "monographs.publish_monograph"],
    "Moderators": ["monographs.view_monograph", "reviews.view_review", "reviews.moderate_review"],
    "Spokespeople": ["reviews.reply_review"],
}


def create_groups():
    """Create the groups that do not exist yet; a group that exists keeps what its operator gave it."""
    for name, permissions in GROUPS.items():
        group, is_new = Group.objects.get_or_create(name=name)
        if is_new:
            group.permissions.set(_permission(name) for name in permissions)


def _permission(name):
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
