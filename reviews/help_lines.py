"""Where somebody in danger gets help now, by country.

Only numbers that are free, answer at any hour, and were looked up; the source of each stands beside it (2026-11). A
country that is not listed has no numbers here: a wrong one is worse than none.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

FIND_A_HELPLINE = "https://findahelpline.com"
"""Lists crisis lines for most countries (findahelpline.com/AU shows how)."""


@dataclass(frozen=True)
class Line:
    """One line: its name, with how it is reached, and its number."""

    name: str
    number: str

    @property
    def dialled(self):
        """The digits alone, for a link that dials."""
        return re.sub(r"\D", "", self.number)


@dataclass(frozen=True)
class Help:
    """The emergency number of a country, with the country in words, and its lines for people in a crisis; all of it
    may be unknown.
    """

    place: str = ""
    emergency: Line | None = None
    lines: tuple[Line, ...] = ()


def _help(place, emergency, *lines):
    return Help(place, Line(_("Emergency services"), emergency), tuple(Line(*line) for line in lines))


COUNTRIES = {
    # lpft.nhs.uk/contact-us/need-help-now, norwoodmc.co.uk (NHS 111, option 2); bromleyhealthcare.org.uk (Samaritans)
    "GB": _help(
        _("in the UK"),
        "999",
        (_("Samaritans, to talk to somebody"), "116 123"),
        (_("NHS, choose the mental health option"), "111"),
    ),
    # newstalk.com and irishexaminer.com on Samaritans Ireland; 112 is the number of the European Union
    "IE": _help(_("in Ireland"), "112", (_("Samaritans, to talk to somebody"), "116 123")),
    # mcphs.edu and cdcr.ca.gov on the 988 Lifeline, by call or text; internationalmentalhealth.org (911)
    "US": _help(_("in the US"), "911", (_("988 Suicide & Crisis Lifeline, by call or text"), "988")),
    # Wikipedia, “988 (telephone number)”: in Canada since 30 November 2023
    "CA": _help(_("in Canada"), "911", (_("Suicide Crisis Helpline, by call or text"), "988")),
    # lifelineh2h.org.au on 000, lifeinmind.org.au on Lifeline
    "AU": _help(_("in Australia"), "000", (_("Lifeline, to talk to somebody"), "13 11 14")),
    # vice.com on New Zealand’s helplines (111, 1737)
    "NZ": _help(_("in New Zealand"), "111", (_("Need to talk?, by call or text"), "1737")),
    # sr.de and spektrum.de on TelefonSeelsorge; 112 is the number of the European Union
    "DE": _help(_("in Germany"), "112", (_("TelefonSeelsorge, to talk to somebody"), "0800 111 0 111")),
    # 3114.fr, axaprevention.fr
    "FR": _help(_("in France"), "112", (_("Suicide prevention line"), "3114")),
    # nltimes.nl, nu.nl (113, and 112 for danger to life)
    "NL": _help(_("in the Netherlands"), "112", (_("113 Suicide Prevention"), "113")),
}


def help_now():
    """Return the Help of the site's country; an empty one where nothing is known for sure."""
    return COUNTRIES.get(settings.SITE_COUNTRY, Help())
