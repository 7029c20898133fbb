"""The admin's site: Django's, with a login in two steps."""

from functools import partial, wraps

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache


def only_what_forms_send(view):
    """Refuse what no page of the admin sends and Django's views stumble over: a field without a name, and copying,
    which they would begin although no model here allows it."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):
            raise DisallowedModelAdminToField("No field is named.")
        if "_saveasnew" in request.POST:
            raise SuspiciousOperation("Nothing here is saved as new.")
        return view(request, *args, **kwargs)

    return wrapped


class Desk(AdminSite):
    site_header = site_title = settings.SITE_NAME
    index_title = _("Desk")

    def admin_view(self, view, cacheable=False):
        return super().admin_view(only_what_forms_send(view), cacheable)

    def get_urls(self):
        from portal.login import pages

        return [
            path("login/code/", partial(pages.code_page, site=self), name="login_code"),
            path("login/set-up/", partial(pages.set_up_page, site=self), name="login_set_up"),
            path("two-step/", self.admin_view(partial(pages.second_step_page, site=self)), name="second_step"),
            *super().get_urls(),
        ]

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """Ask for name and password, as Django's own page does; what follows is in portal.login.pages."""
        from portal.login.pages import PasswordView

        index = reverse("admin:index", current_app=self.name)
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(index)
        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            # Who was on the way to a page comes there, with what they had typed.
            REDIRECT_FIELD_NAME: request.GET.get(REDIRECT_FIELD_NAME, index),
            **(extra_context or {}),
        }
        request.current_app = self.name
        view = PasswordView.as_view(
            extra_context=context, authentication_form=AdminAuthenticationForm, template_name="admin/login.html"
        )
        return view(request)
