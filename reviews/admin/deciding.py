"""Approving and rejecting, one review or several: every way leads through the same verbs of the model."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from reviews.fields import TidyField
from reviews.models import Decision, Review


class RejectionForm(forms.Form):
    """Which rule a review broke, and what its author is told."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Which rule does it break?"),
        choices=Decision.Reason,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose the rule that the review breaks."),
            "invalid_choice": gettext_lazy("Choose one of the rules in the list."),
        },
    )
    message = TidyField(
        label=gettext_lazy("Message to the author"),
        has_lines=True,
        required=False,
        max_length=Decision._meta.get_field("message").max_length,
        help_text=gettext_lazy("Left empty, the author gets the text that goes with the rule."),
        widget=forms.Textarea(attrs={"rows": 4, "cols": 80}),
    )

    def choices(self):
        """The radio buttons, each with the rule it stands for and the message that goes with it."""
        return [(button, Decision.Reason(button.data["value"])) for button in self["reason"]]


@admin.action(permissions=["moderate"], description=gettext_lazy("Approve the selected reviews"))
def approve_selected(model_admin, request, queryset):
    """Approve each selected review that still waits."""
    _decide_each(model_admin, request, _ticked(request, queryset), lambda review: review.approve(by=request.user))


@admin.action(permissions=["moderate"], description=gettext_lazy("Reject the selected reviews …"))
def reject_selected(model_admin, request, queryset):
    """Ask for the reason on a page between, then reject each selected review that still waits."""
    reviews = _ticked(request, queryset)
    form = RejectionForm(request.POST if "reject" in request.POST else None)
    if form.is_valid():
        _decide_each(model_admin, request, reviews, lambda review: review.reject(by=request.user, **form.cleaned_data))
        return None
    return _rejection_page(model_admin, request, form, reviews, is_bulk=True)


def _ticked(request, queryset):
    # Also when a request claims "all across pages": nobody decides what they have not seen.
    return list(queryset.filter(pk__in=request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)))


@require_POST
def approve_page(request, object_id, *, model_admin):
    """Approve one review, then go on with the queue."""
    review = _review_to_decide(model_admin, request, object_id)
    return _decide_one(model_admin, request, review, lambda: review.approve(by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def reject_page(request, object_id, *, model_admin):
    """Ask for the reason, reject one review, then go on with the queue."""
    review = _review_to_decide(model_admin, request, object_id)
    form = RejectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _decide_one(model_admin, request, review, lambda: review.reject(by=request.user, **form.cleaned_data))
    return _rejection_page(model_admin, request, form, [review])


def _review_to_decide(model_admin, request, object_id):
    if not model_admin.has_moderate_permission(request) or not model_admin.has_view_permission(request):
        raise PermissionDenied
    review = model_admin.get_object(request, object_id)
    if review is None:
        raise Http404
    return review


def _decide_one(model_admin, request, review, verb):
    try:
        decision = verb()
    except Review.WrongState as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(reverse("admin:reviews_review_change", args=[review.pk]))
    _record(model_admin, request, decision)
    messages.success(request, _("%(decision)s.") % {"decision": decision})
    return HttpResponseRedirect(reverse("admin:reviews_review_changelist"))


def _decide_each(model_admin, request, reviews, verb):
    count = 0
    for review in reviews:
        try:
            decision = verb(review)
        except Review.WrongState as error:
            messages.warning(request, str(error))
        else:
            _record(model_admin, request, decision)
            count += 1
    if count:
        messages.success(request, ngettext("%d review was decided.", "%d reviews were decided.", count) % count)


def _record(model_admin, request, decision):
    model_admin.log_change(request, decision.review, str(decision.get_verdict_display()))


def _rejection_page(model_admin, request, form, reviews, *, is_bulk=False):
    return TemplateResponse(
        request,
        "admin/reviews/review/reject.html",
        {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "title": ngettext("Reject a review", "Reject %(count)d reviews", len(reviews)) % {"count": len(reviews)},
            "form": form,
            "reviews": reviews,
            "is_bulk": is_bulk,
            "action_checkbox_name": helpers.ACTION_CHECKBOX_NAME,
            "media": model_admin.media,
        },
    )
