"""Template tag that tells editors what readers answered about a page."""

from itertools import groupby

from django import template
from django.db.models import Count, Exists, OuterRef

from monographs.models import PageVote

MOST_EDITIONS = 20

register = template.Library()


@register.simple_tag
def page_votes_of(monograph):
    """Return [{number, yes, no, reasons}] of the newest editions with answers; reasons as (words, count)."""
    answered = monograph.editions.filter(Exists(PageVote.objects.filter(edition=OuterRef("pk"))))
    newest = list(answered.order_by("-number").values_list("pk", flat=True)[:MOST_EDITIONS])
    votes = PageVote.objects.filter(edition__in=newest).order_by("-edition__number")
    rows = votes.values_list("edition__number", "is_helpful", "reason").annotate(count=Count("pk"))
    return [_summary(number, list(group)) for number, group in groupby(rows, key=lambda row: row[0])]


def _summary(number, rows):
    no = [(reason, count) for _number, is_helpful, reason, count in rows if not is_helpful]
    reasons = sorted(((PageVote.Reason(reason).label, count) for reason, count in no if reason), key=lambda r: -r[1])
    yes = sum(count for _number, is_helpful, _reason, count in rows if is_helpful)
    return {"number": number, "yes": yes, "no": sum(count for _reason, count in no), "reasons": reasons}
