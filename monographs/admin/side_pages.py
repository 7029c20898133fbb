"""What the pages beside the form of a monograph have in common."""

from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

MOST_SHOWN = 50
"""Rows of a list on such a page."""


def side_page(request, admin, monograph, template, title, **context):
    """Return a page about one monograph in the admin's frame."""
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "monograph": monograph,
        "title": title,
        "subtitle": monograph.title,
        **context,
    }
    return TemplateResponse(request, f"admin/monographs/monograph/{template}.html", context)


def back_to(monograph, page="change"):
    """Return a redirect to one of a monograph's pages."""
    return HttpResponseRedirect(reverse(f"admin:monographs_monograph_{page}", args=[monograph.pk]))
