"""Template tags that look at a text for what an editor may have overlooked."""

from django import template

from monographs.checklist.posted import read_form
from monographs.publishing import checklist_of, contents_of

register = template.Library()


@register.simple_tag(takes_context=True)
def checklist_of_form(context, monograph):
    """The Checklist of the form as it stands on the page: the working copy, or what was posted and refused."""
    request = context["request"]
    return read_form(request.POST).checklist() if request.method == "POST" else checklist_of(contents_of(monograph))


@register.simple_tag
def checklist_of_edition(edition):
    """The Checklist of an edition that is not stored yet."""
    return checklist_of(edition.contents)
