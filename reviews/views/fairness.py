"""The published figures on how reviews are decided."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reviews.fairness import FEWEST, report


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def fairness(request):
    """Approval by star value, reasons for refusal and waiting times, in words, tables and a plot."""
    return render(request, "reviews/fairness_page.html", {"report": report(), "fewest": FEWEST})


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def fairness_csv(request):
    """The same figures as CSV; a group that is too small has its number of decisions left out."""
    figures = report()
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="fairness.csv"'
    rows = csv.writer(response)
    rows.writerow(["group", "name", "decided", "approved", "share approved", "95 % from", "95 % to"])
    groups = [("all", figures.all)]
    groups += [("stars", group) for group in figures.by_stars] + [("quarter", group) for group in figures.by_quarter]
    for kind, group in groups:
        if not group.is_enough:
            rows.writerow([kind, group.name, _("fewer than %(fewest)d") % {"fewest": FEWEST}])
            continue
        shares = [f"{share:.4f}" for share in (group.share, *group.interval)]
        rows.writerow([kind, group.name, group.decided, group.approved, *shares])
    for reason, count in figures.reasons if figures.all.is_enough else []:
        rows.writerow(["reason", reason, count])
    return response
