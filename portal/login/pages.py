"""The pages of the second step: asking for a code, setting it up, and what can be done about it later."""

from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.contrib.auth import login, signals
from django.contrib.auth.views import LoginView
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_otp import login as mark_as_verified

from portal.login import pending, qr, second_step
from portal.login.forms import CodeForm, RecoveryForm
from portal.models import Login

SEEN = "login.device"


class PasswordView(LoginView):
    """The first step. Who needs a second one is not logged in yet, but led to it."""

    def form_valid(self, form):
        user = form.get_user()
        if not second_step.is_due(user):
            return super().form_valid(form)
        pending.remember(self.request, user, next_page=self.get_success_url())
        has_device = second_step.device_of(user) is not None
        return HttpResponseRedirect(reverse("admin:login_code" if has_device else "admin:login_set_up"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code_page(request, site):
    """Ask for a code from the phone, or with `?recovery` for a recovery code."""
    user = pending.person(request)
    device = user and second_step.device_of(user)
    if device is None:
        return HttpResponseRedirect(reverse("admin:login"))
    if not AxesProxyHandler.is_allowed(request, {"username": user.get_username()}):
        request.axes_locked_out = True
        return HttpResponseRedirect(reverse("admin:login"))
    with_recovery = "recovery" in request.GET
    if with_recovery:
        form = RecoveryForm(request.POST or None, check=lambda code: second_step.use_recovery_code(user, code))
    else:
        form = CodeForm(request.POST or None, check=lambda code: second_step.check_code(device, code))
    if form.is_valid():
        if with_recovery:
            request.login_result = Login.Result.RECOVERED
            _warn_of_codes_left(request, user)
        return _let_in(request, user, device)
    if form.has_error("code", "wrong"):
        credentials = {"username": user.get_username(), "result": Login.Result.WRONG_CODE}
        signals.user_login_failed.send(__name__, credentials=credentials, request=request)
    return _page(request, site, "code", _("Second step"), form=form, with_recovery=with_recovery)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_page(request, site):
    """Show the secret as a QR code, take a code as proof that it arrived, and show the recovery codes once."""
    user = pending.person(request) or request.user
    if not (user.is_authenticated and user.is_staff):
        return HttpResponseRedirect(reverse("admin:login"))
    if second_step.device_of(user):
        return HttpResponseRedirect(reverse("admin:second_step"))
    device = second_step.new_device(user, seen=request.session.get(SEEN))
    request.session[SEEN] = device.pk
    form = CodeForm(request.POST or None, check=lambda code: second_step.confirm(device, code), takes_focus=False)
    if form.is_valid():
        del request.session[SEEN]
        return _show_codes(request, site, _in_now(request, user, device))
    secret = qr.secret_of(device)
    context = {"form": form, "picture": qr.picture_of(device), "secret": secret, "address": device.config_url}
    return _page(request, site, "set_up", _("Set up two-step login"), **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step_page(request, site):
    """Whether it is on, and new recovery codes, another phone or switching it off for whoever has a code."""
    device = second_step.device_of(request.user)
    if device is None:
        return _page(request, site, "second_step", _("Two-step login"), device=None)
    form = CodeForm(request.POST or None, check=lambda code: second_step.check_code(device, code), takes_focus=False)
    if form.is_valid():
        if "codes" in request.POST:
            return _show_codes(request, site, request.user)
        second_step.reset(request.user)
        if "off" in request.POST and not second_step.is_required_of(request.user):
            messages.success(request, _("Two-step login is switched off."))
            return HttpResponseRedirect(reverse("admin:second_step"))
        return HttpResponseRedirect(reverse("admin:login_set_up"))
    context = {
        "device": device,
        "form": form,
        "codes_left": second_step.recovery_codes_left(request.user),
        "is_required": second_step.is_required_of(request.user),
    }
    return _page(request, site, "second_step", _("Two-step login"), **context)


def _let_in(request, user, device):
    next_page = pending.take_next_page(request)
    user.otp_device = device
    login(request, user, backend=user.backend)
    return HttpResponseRedirect(next_page or reverse("admin:index"))


def _in_now(request, user, device):
    """Log in who has just set up the second step, or mark their session; return them."""
    if request.user.is_authenticated:
        mark_as_verified(request, device)
    else:
        _let_in(request, user, device)
    return user


def _show_codes(request, site, user):
    codes = second_step.make_recovery_codes(user)
    response = _page(request, site, "recovery_codes", _("Your recovery codes"), codes=codes)
    response.headers["Cache-Control"] = "no-store"
    return response


def _warn_of_codes_left(request, user):
    left = second_step.recovery_codes_left(user)
    text = ngettext("You have %d recovery code left.", "You have %d recovery codes left.", left) % left
    messages.warning(request, text)


def _page(request, site, template, title, **context):
    context = {**site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"admin/login/{template}.html", context)
