"""The published figures on how reviews are decided."""

import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from monographs.public_pages import public_page
from reviews.fairness import FEWEST, report


@require_safe
@public_page
def fairness(request):
    """Approval by star value, reasons for refusal and waiting times, in words, tables and a plot."""
    return render(request, "reviews/fairness_page.html", {"report": report(), "fewest": FEWEST})


@require_safe
@public_page
def fairness_csv(request):
    """The same figures as CSV; what is too small to be told on the page is left out here as well."""
    figures = report()
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="fairness.csv"'
    rows = csv.writer(response)
    rows.writerow(["group", "name", "decided", "approved", "share approved", "95 % from", "95 % to"])
    quarters = figures.by_quarter
    groups = [("all", figures.all), *(("stars", group) for group in figures.by_stars)]
    groups += [("quarter", quarter.wordings) for quarter in quarters]
    groups += [("appeals, public afterwards", figures.appeals), ("reports, public afterwards", figures.flags)]
    for kind, group in groups:
        rows.writerow([kind, group.name, *_cells(group)])
    if figures.all.is_enough:
        for reason, count in figures.reasons:
            rows.writerow(["reason", reason, count if count >= FEWEST else _too_few()])
    counts = {"received": figures.received, "reported": figures.flagged, "appealed": figures.appealed}
    rows.writerows(["count", name, count] for name, count in counts.items())
    rows.writerows(["received in", quarter.name, quarter.received] for quarter in quarters)
    for name, which in (("half decided within, minutes", "median_wait"), ("nine in ten, minutes", "long_wait")):
        for period in (figures, *quarters):
            wait = getattr(period, which)
            rows.writerow(
                [name, getattr(period, "name", ""), _too_few() if wait is None else round(wait.total_seconds() / 60)]
            )
    return response


def _cells(group):
    if not group.is_enough:
        return [_("left out") if group.decided >= FEWEST else _too_few()]
    return [group.decided, group.approved, *(f"{share:.4f}" for share in (group.share, *group.interval))]


def _too_few():
    return _("fewer than %(fewest)d") % {"fewest": FEWEST}
