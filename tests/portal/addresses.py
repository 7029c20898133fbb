"""Every address of the project, and a site in which each leads to something."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import get_resolver

from monographs.models import Topic
from portal.models import Login
from reviews.models import Flag
from tests.factories import make_correction, make_monograph, make_picture, make_published, make_user
from tests.factories_reviews import make_appealed, make_approved, make_rejected, make_review, make_unconfirmed

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One URL pattern. `name` is unique: where Django gives none or the same twice, the route stands for it."""

    name: str
    route: str
    needs_token: bool = True
    """Whether a POST needs Django's token against forms of other sites."""

    @property
    def parameters(self):
        return PARAMETER.findall(self.route)

    def path(self, arguments):
        """Return the path with these arguments, quoted as a browser would."""
        return "/" + PARAMETER.sub(lambda match: quote(str(arguments[match[1]]), safe="/"), self.route)


def addresses():
    """Return every Address of the project, the admin's included."""
    found, names = [], set()
    for name, route, view in _walk(get_resolver().url_patterns, "", ""):
        name = route if name in names or not name or name.endswith(":None") else name
        names.add(name)
        found.append(Address(name, route, not getattr(view, "csrf_exempt", False)))
    return found


def _walk(patterns, prefix, space):
    for pattern in patterns:
        route = prefix + _as_path(str(pattern.pattern))
        if hasattr(pattern, "url_patterns"):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            yield f"{space}{pattern.name}" if pattern.name or space else "", route, pattern.callback


def _as_path(pattern):
    """Write Django's two regular expressions, of the admin, as the paths that they stand for."""
    return re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern).removeprefix("^").removesuffix("$")


def make_site():
    """Make something of every kind; return a function that gives the arguments with which an Address leads there."""
    by = make_user(is_superuser=True)
    topic = Topic.objects.create(name="Pain", slug="pain")
    monograph = make_published(slug="ketamine", title="Ketamine")
    monograph.topics.add(topic)
    monograph.sections.update(body="Other text.")
    monograph.publish(by=by, note="Second.")
    monograph.sections.update(body="A third text.")
    monograph.ask_for_publication(by=by, note="Please.")
    draft = make_monograph(slug="draft")
    picture = make_picture()
    approved, pending = make_approved(monograph=monograph), make_review(monograph=monograph)
    approved.flag(reason=Flag.Reason.ADVERTISING)
    make_appealed(monograph=monograph)
    rejected, unconfirmed = make_rejected(monograph=monograph), make_unconfirmed(monograph=monograph)
    person = make_user()
    reply = approved.reply(by=by, text="Thank you.", name="Dr Grey", role="Pharmacist")
    objects = {
        "monographs_monograph": monograph.pk,
        "monographs_edition": monograph.editions.order_by("number").first().pk,
        "monographs_topic": topic.pk,
        "monographs_picture": picture.pk,
        "monographs_correction": make_correction(monograph=monograph).pk,
        "reviews_review": pending.pk,
        "reviews_decision": approved.decisions.get().pk,
        "reviews_reply": reply.pk,
        "portal_login": Login.objects.create(user=person, result=Login.Result.ENTERED).pk,
        "auth_user": person.pk,
        "auth_group": Group.objects.create(name="Editors of drugs").pk,
    }
    tokens = {
        "sign_off": draft.send_for_sign_off(by=by, recipient="Dr Ada").token,
        "my_review_confirm": unconfirmed.confirmation_token,
        "my_review_appeal": rejected.token,
    }
    fixed = {
        "ending": "json",
        "number": 1,
        "part": 1,
        "anchor": "uses",
        "app_label": "reviews",
        "url": "nothing",
        "path": picture.file.name,
        "content_type_id": ContentType.objects.get_for_model(type(approved)).pk,
    }

    def arguments(address):
        first, model = address.name.split(":")[-1].split("_")[0], _model_in(address.route)
        keys = {"reset": person.pk, "desk": pending.pk, "reply_withdraw": reply.pk}
        special = {
            "slug": "pain" if first == "topic" else "ketamine",
            "pk": next((key for part, key in keys.items() if part in address.name), approved.pk),
            "object_id": approved.pk if "content_type_id" in address.route else objects.get(model),
            "id": person.pk,
            "token": tokens.get(address.name, pending.token),
        }
        known = fixed | special
        return {name: known[name] for name in address.parameters}

    return arguments


def _model_in(route):
    found = re.match(r"admin/(\w+)/(\w+)/", route)
    return found and "_".join(found.groups())
