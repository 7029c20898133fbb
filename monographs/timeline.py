"""The editions of a monograph along a line of time, as SVG. The list beside it says the same in words."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext

MOST_YEARS = 6
"""Years written below the line."""

START, WIDTH = 2, 96
"""Where the line begins and how long it is, in percent of the picture."""


def timeline(editions, *, until=None):
    """Return the line for public editions, newest first, or "" for fewer than two; it goes on `until` a time, if given.

    Places are percentages, so that the line stretches with the page and its marks and letters do not. A large mark is
    a substantive change, a small one a minor change, a hollow one was withdrawn.
    """
    if len(editions) < 2:
        return ""
    times = [timezone.localtime(edition.public_from) for edition in reversed(editions)]
    first, last = times[0], max(times[-1], timezone.localtime(until) if until else times[-1])
    span = (last - first).total_seconds() or 1

    def place(time):
        return f"{START + WIDTH * (time - first).total_seconds() / span:.2f}%"

    years = range(first.year + 1, last.year + 1)
    years = years[:: -(-len(years) // MOST_YEARS) or 1]
    marks = format_html_join(
        "\n",
        '<circle class="{}" cx="{}" cy="22" r="{}"/>',
        (
            (_kind(edition), place(time), _radius(edition))
            for edition, time in zip(reversed(editions), times, strict=True)
        ),
    )
    labels = format_html_join(
        "\n",
        '<text x="{}" y="52">{}</text>',
        ((place(first.replace(year=year, month=1, day=1, hour=0, minute=0)), year) for year in years),
    )
    return format_html(
        '<svg class="timeline" role="img" aria-label="{}" height="60" width="100%">'
        '<line x1="{}%" x2="{}%" y1="22" y2="22"/>{}{}</svg>',
        _words(editions, times),
        START,
        START + WIDTH,
        labels,
        marks,
    )


def _words(editions, times):
    return ngettext(
        "Line of time: %(count)d edition from %(first)s to %(last)s. The list below names it.",
        "Line of time: %(count)d editions from %(first)s to %(last)s. The list below names them.",
        len(editions),
    ) % {"count": len(editions), "first": date_format(times[0]), "last": date_format(times[-1])}


def _kind(edition):
    return "withdrawn" if edition.withdrawn else "substantive" if edition.is_substantive else "minor"


def _radius(edition):
    return 8 if edition.is_substantive else 5
