"""The page that shows when a monograph is due for review, and where a publisher records one without a change."""

from django import forms
from django.contrib import messages
from django.contrib.admin import SimpleListFilter
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from monographs.admin.long_list import MOST
from monographs.admin.preview import monograph_or_404
from monographs.admin.side_pages import MOST_SHOWN, back_to, side_page
from monographs.due_dates import soon
from monographs.few import first_of
from monographs.models import Edition, Monograph, PageReview
from monographs.typed_field import TypedField


class ReviewForm(forms.Form):
    """Who reviewed the whole page. `edition` is the one that the publisher looked at."""

    name = TypedField(
        label=gettext_lazy("Who reviewed the page?"),
        help_text=gettext_lazy("Name and credentials, as readers will see them."),
        max_length=PageReview._meta.get_field("name").max_length,
        error_messages={"required": gettext_lazy("Say who reviewed the page.")},
    )
    note = TypedField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For readers, such as what it was compared with."),
        has_lines=True,
        required=False,
        max_length=PageReview._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
    )
    edition = forms.CharField(widget=forms.HiddenInput, required=False)


class IntervalForm(forms.ModelForm):
    class Meta:
        model = Monograph
        fields = ["review_interval"]


class ReviewFilter(SimpleListFilter):
    """Monographs whose edition in force is to be reviewed; of very many those that are due longest."""

    title = gettext_lazy("review of the page")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("overdue", _("overdue")), ("soon", _("due within 60 days"))]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "overdue":
                due = Edition.objects.due(until=today)
            case "soon":
                due = Edition.objects.due(until=soon()).filter(standing__due_on__gt=today)
            case _:
                return queryset
        # As keys: by a subquery PostgreSQL would read all monographs.
        return queryset.filter(pk__in=list(due.values_list("monograph", flat=True)[: MOST + 1]))


@require_http_methods(["GET", "HEAD", "POST"])
def review_due_page(request, admin, object_id):
    """Show the dates; with POST, record a review or change the interval."""
    monograph = monograph_or_404(admin, request, object_id)
    may_record = admin.has_publish_permission(request)
    if not (may_record or admin.has_change_permission(request, monograph)):
        raise PermissionDenied
    if request.method == "POST" and not may_record:
        raise PermissionDenied
    review_form = ReviewForm(request.POST if "record" in request.POST else None)
    interval_form = IntervalForm(request.POST if "interval" in request.POST else None, instance=monograph)
    if review_form.is_valid() and _record(request, admin, monograph, review_form):
        return back_to(monograph, "review_due")
    if interval_form.is_valid():
        monograph.set_review_interval(interval_form.cleaned_data["review_interval"], by=request.user)
        admin.log_change(request, monograph, _("Changed the interval between reviews"))
        messages.success(request, _("The next review is due by the new interval."))
        return back_to(monograph, "review_due")
    edition = Edition.objects.in_force().filter(monograph=monograph).with_clinical_review().first()
    seen = {"edition": edition.number if edition else ""}
    review_form.initial |= seen
    review_form.data = review_form.data and {**review_form.data.dict(), **seen}
    recorded = PageReview.objects.filter(edition__monograph=monograph).select_related("edition")
    return side_page(
        request,
        admin,
        monograph,
        "review_due",
        _("Review due"),
        edition=edition,
        reviews=first_of(recorded.only("name", "note", "at", "edition__number"), MOST_SHOWN),
        review_form=review_form,
        interval_form=interval_form,
        may_record=may_record,
    )


def _record(request, admin, monograph, form):
    """Record the review, or say in the form why not."""
    given = form.cleaned_data
    edition = monograph.edition_in_force
    try:
        if edition is None or str(edition.number) != given["edition"]:
            raise PageReview.NotInForce
        edition.record_review(by=request.user, name=given["name"], note=given["note"])
    except PageReview.NotInForce:
        words = _("Readers see another edition now. Look at that one, then record the review once more.")
        form.add_error(None, words)
        return False
    admin.log_change(request, monograph, _("Recorded a review without a change"))
    messages.success(request, _("The review is recorded, and readers see it on the page."))
    return True
