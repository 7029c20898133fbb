"""Official replies in the admin: whoever may reply writes one under a public review, or withdraws one."""

import re
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from monographs.admin.long_list import LongList
from monographs.admin.named_filters import named
from monographs.people import name_of
from reviews.admin.read_only import ReadOnly
from reviews.fields import WordsField
from reviews.models import Reply, Review

NEWEST = 20


class ReplyForm(forms.ModelForm):
    """What readers will see under the review."""

    name = WordsField(
        label=gettext_lazy("Name shown"),
        max_length=100,
        error_messages={"required": gettext_lazy("Give the name under which you reply.")},
    )
    role = WordsField(
        label=gettext_lazy("Role shown"),
        max_length=100,
        help_text=gettext_lazy("For example “Pharmacist, editorial team”."),
        error_messages={"required": gettext_lazy("Say in which role you reply.")},
    )
    text = WordsField(
        label=gettext_lazy("Reply"),
        has_lines=True,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("It is public at once. It cannot be changed, only withdrawn."),
        error_messages={"required": gettext_lazy("Write the reply.")},
    )

    class Meta:
        model = Reply
        fields = ["name", "role", "text"]


@admin.register(Reply)
class ReplyAdmin(ReadOnly, LongList, admin.ModelAdmin):
    """All official replies, newest first."""

    class Media:
        css = {"all": ["css/changes.css", "css/moderation.css", "css/side-pages.css"]}

    list_display = ["text_begins", "name", "role", "review", "at", "withdrawn_at"]
    list_select_related = ["review"]
    list_filter = [("at", named(admin.DateFieldListFilter, gettext_lazy("day")))]
    ordering = ["-at", "-pk"]
    search_fields = ["text", "name", "role", "review__title"]
    fields = ["review", "name", "role", "text", "written_by", "at", "withdrawn_by_whom", "withdrawn_at"]
    readonly_fields = ["written_by", "withdrawn_by_whom"]

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("reviews.view_review") or self.has_add_permission(request)

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm("reviews.reply_review")

    def get_urls(self):
        withdraw = self.admin_site.admin_view(partial(withdraw_page, admin=self))
        return [path("<int:pk>/withdraw/", withdraw, name="reviews_reply_withdraw"), *super().get_urls()]

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return reply_page(request, admin=self)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = {"may_reply": self.has_add_permission(request), **(extra_context or {})}
        return super().change_view(request, object_id, form_url, context)

    @admin.display(description=gettext_lazy("reply"))
    def text_begins(self, reply):
        return str(reply)

    @admin.display(description=gettext_lazy("written by"))
    def written_by(self, reply):
        return name_of(reply.by)

    @admin.display(description=gettext_lazy("withdrawn by"))
    def withdrawn_by_whom(self, reply):
        return name_of(reply.withdrawn_by) if reply.withdrawn_by else "–"


@require_http_methods(["GET", "HEAD", "POST"])
def reply_page(request, *, admin):
    """Choose a public review, then write the reply to it."""
    wanted = request.GET.get("review", "").strip()
    review = _public_review(wanted)
    if review is None:
        newest = Review.objects.approved().for_reading().newest()[:NEWEST]
        return _page(request, admin, "choose", _("Reply to a review"), wanted=wanted, newest=newest)
    form = ReplyForm(request.POST if request.method == "POST" else None, initial={"name": name_of(request.user)})
    if form.is_valid():
        try:
            reply = review.reply(by=request.user, **form.cleaned_data)
        except Review.WrongState as error:
            form.add_error(None, str(error))
        else:
            admin.log_addition(request, reply, _("published"))
            messages.success(request, _("The reply is public."))
            return redirect("admin:reviews_reply_change", reply.pk)
    return _page(request, admin, "write", _("Reply to a review"), review=review, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_page(request, pk, *, admin):
    """Ask once more, then withdraw a reply."""
    if not admin.has_add_permission(request):
        raise PermissionDenied
    reply = Reply.objects.select_related("review").filter(pk=pk).first()
    if reply is None:
        raise Http404
    if request.method != "POST":
        return _page(request, admin, "withdraw", _("Withdraw the reply"), reply=reply)
    try:
        reply.withdraw(by=request.user)
    except Reply.Withdrawn as error:
        messages.warning(request, str(error))
    else:
        admin.log_change(request, reply, _("withdrawn"))
        messages.success(request, _("The reply is withdrawn. Readers do not see it any more."))
    return redirect("admin:reviews_reply_change", reply.pk)


def _public_review(wanted):
    """Return the public review of that number or address, or None."""
    match = re.search(r"(?:^|/reviews/)(\d{1,18})/?(?:#.*)?$", wanted, re.ASCII)
    return match and Review.objects.approved().for_reading().filter(pk=match[1]).first()


def _page(request, admin, template, title, **context):
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "media": admin.media,
        "title": title,
        **context,
    }
    return TemplateResponse(request, f"admin/reviews/reply/{template}.html", context)
