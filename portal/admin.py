"""The operators' part of the admin: who logged in, and help for somebody who lost their phone."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp import admin as totp_admin  # noqa: F401  (registers what is taken out below)
from django_otp.plugins.otp_totp.models import TOTPDevice

from monographs.admin.long_list import LongList
from monographs.admin.named_filters import named
from portal.login import second_step
from portal.models import Login

# Its pages show secrets.
admin.site.unregister(TOTPDevice)
admin.site.unregister(User)


@admin.register(User)
class PortalUserAdmin(UserAdmin):
    """Django's, with a page that takes a person's second step away."""

    def get_urls(self):
        reset = self.admin_site.admin_view(self.reset_page)
        return [path("<int:pk>/reset-second-step/", reset, name="reset_second_step"), *super().get_urls()]

    def reset_page(self, request, pk):
        """Ask once more, then forget the person's device and codes. For superusers, and never for themselves."""
        if not request.user.is_superuser:
            raise PermissionDenied
        person = self.get_object(request, pk)
        if person is None or person == request.user:
            raise Http404
        if request.method == "POST":
            second_step.reset(person)
            self.log_change(request, person, _gettext("Reset the second step of their login"))
            text = _gettext("%(name)s can set up a new phone.") % {"name": person.get_username()}
            messages.success(request, text)
            return HttpResponseRedirect(reverse("admin:auth_user_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "person": person,
            "title": _gettext("Reset two-step login"),
            "device": second_step.device_of(person),
        }
        return TemplateResponse(request, "admin/auth/user/reset_second_step.html", context)


@admin.register(Login)
class LoginAdmin(LongList, admin.ModelAdmin):
    """The record of logins, newest first. Nobody changes it."""

    list_display = ["at", "who", "result", "network"]
    list_filter = ["result", ("at", named(admin.DateFieldListFilter, _("day")))]
    list_select_related = ["user"]
    fields = ["at", "user", "result", "network"]
    readonly_fields = fields

    @admin.display(description=_("who"))
    def who(self, login):
        return login.user or _("nobody we know")

    @admin.display(description=_("network"))
    def network(self, login):
        """A few letters tell whether two attempts came from one network, and nothing else."""
        return login.network_hash[:8]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
