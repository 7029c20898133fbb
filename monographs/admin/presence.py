"""Who else has the form of a working copy open, and who saved it after it was opened."""

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from monographs.admin.publishing import in_words
from monographs.models import Editing
from monographs.people import name_of


class PresenceMixin(metaclass=forms.MediaDefiningClass):
    """An admin whose form says who else has it open. Opening it counts; a script reports while it stays open."""

    class Media:
        js = ["js/presence.js"]

    def get_urls(self):
        view = self.admin_site.admin_view(require_POST(self.presence_view))
        return [
            path("<path:object_id>/presence/", view, name="monographs_monograph_presence"),
            *super().get_urls(),
        ]

    def presence_view(self, request, object_id):
        """Note that the page is still open; answer what there is to say, now, to whoever opened it at `opened`."""
        monograph = self.get_object(request, unquote(object_id))
        if monograph is None:
            raise Http404
        if not self.has_change_permission(request, monograph):
            raise PermissionDenied
        Editing.objects.record(monograph, request.user)
        notices = notices_for(monograph, request.user, opened=request.POST.get("opened", ""))
        return JsonResponse({"notices": notices})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        response = super().changeform_view(request, object_id, form_url, extra_context)
        context = getattr(response, "context_data", None)
        if object_id and context and context["has_change_permission"]:
            monograph = context["original"]
            Editing.objects.record(monograph, request.user)
            context["notices"] = notices_for(monograph, request.user)
        return response


def notices_for(monograph, user, opened=""):
    """Return the sentences to show beside the form; `opened` is the time of the text in it, as ISO 8601."""
    notices = [
        _("%(name)s has this page open since %(time)s.") % {"name": other, "time": _time(other.since)}
        for other in Editing.objects.others(monograph, user)
    ]
    if opened and _is_older(opened, monograph.changed_at):
        notices.append(f"{who_saved(monograph, user)} {_('When you save, you will see both texts.')}")
    return notices


def who_saved(monograph, user):
    """Return the sentence that says to `user` who changed the working copy last, and when."""
    by, time = monograph.changed_by, in_words(monograph.changed_at)
    if by is None:
        return _("This text was changed on %(time)s, after you had opened it.") % {"time": time}
    if by == user:
        return _("You saved this text on %(time)s in another window.") % {"time": time}
    return _("%(name)s saved this text on %(time)s, after you had opened it.") % {"name": name_of(by), "time": time}


def _time(moment):
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return date_format(local, "H:i")
    return in_words(moment)


def _is_older(opened, changed_at):
    try:
        time = parse_datetime(opened)
    except ValueError:
        return False
    return bool(time and timezone.is_aware(time) and time < changed_at)
