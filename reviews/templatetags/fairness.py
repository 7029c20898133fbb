"""How the fairness figures are written and drawn."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import ngettext

register = template.Library()
LEFT, WIDTH, STEP = 60, 320, 28


@register.filter
def percent(share):
    """A share from 0 to 1 as whole per cent."""
    return f"{number_format(round(share * 100))} %"


@register.filter
def in_words(wait):
    """A waiting time in its largest fitting unit: days, hours or minutes."""
    minutes = max(1, round(wait.total_seconds() / 60))
    if minutes >= 2 * 24 * 60:
        days = round(minutes / (24 * 60))
        return ngettext("%d day", "%d days", days) % days
    if minutes >= 2 * 60:
        hours = round(minutes / 60)
        return ngettext("%d hour", "%d hours", hours) % hours
    return ngettext("%d minute", "%d minutes", minutes) % minutes


@register.inclusion_tag("reviews/_share_plot.html")
def share_plot(groups):
    """Draw the share approved of each group that is large enough, with its interval."""
    lines = []
    for place, group in enumerate(group for group in groups if group.is_enough):
        low, high = group.interval
        y = STEP * place + 20
        places = {"low": low, "high": high, "share": group.share}
        lines.append(
            {"name": group.name, "y": y, "text": y + 5}
            | {name: f"{LEFT + WIDTH * value:.1f}" for name, value in places.items()}
        )
    bottom = STEP * len(lines) + 10
    return {"lines": lines, "bottom": bottom, "label": bottom + 18, "height": bottom + 26}
