"""Who asks for publication, who answers, and what they are told."""

from django.urls import reverse

from tests.factories import make_monograph, make_user

EDITOR = ["monographs.view_monograph", "monographs.change_monograph"]
PUBLISHER = [*EDITOR, "monographs.publish_monograph"]


def make_editor(**kwargs):
    return make_user(*EDITOR, **kwargs)


def make_publisher(**kwargs):
    return make_user(*PUBLISHER, **kwargs)


def page_of(monograph, name):
    return reverse(f"admin:monographs_monograph_{name}", args=[monograph.pk])


def written_by(user, **kwargs):
    return make_monograph(changed_by=user, **kwargs)


def messages_of(response):
    return " ".join(str(message) for message in response.context["messages"])


def events_of(monograph):
    return [(entry.event, entry.by, entry.note) for entry in monograph.log.order_by("pk")]
