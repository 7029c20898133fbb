"""Where somebody in danger gets help now, by country.

Only numbers that cost nothing from a mobile and answer at any hour. Beside each stands who says so: the line itself
or its operator, or a public authority, as read on 26 November 2026. A country that is not listed has no numbers here:
a wrong one is worse than none.
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
    # samaritans.org/how-we-can-help/contact-samaritan (116 123); the NHS trust shsc.nhs.uk, “Call NHS 111 if you are
    # experiencing a mental health crisis”; the NHS trust cumbriapartnership.nhs.uk, “How to get help” (999)
    "GB": _help(
        _("in the UK"),
        "999",
        (_("Samaritans, to talk to somebody"), "116 123"),
        (_("NHS, choose the mental health option"), "111"),
    ),
    # www2.hse.ie/emergencies/when-to-call-112-or-999; samaritans.org on the free line of Samaritans Ireland
    "IE": _help(_("in Ireland"), "112", (_("Samaritans, to talk to somebody"), "116 123")),
    # health.wyo.gov, “988 Suicide & Crisis Lifeline”, with 911 for immediate danger
    "US": _help(_("in the US"), "911", (_("988 Suicide & Crisis Lifeline, by call or text"), "988")),
    # crtc.gc.ca/eng/phone/911; Government of Canada, release of 30 November 2023 (newswire.ca) on 988
    "CA": _help(_("in Canada"), "911", (_("Suicide Crisis Helpline, by call or text"), "988")),
    # health.vic.gov.au, “Telephone and online services” (000; Lifeline, at any hour); lifelineh2h.org.au, questions
    # about 13 11 14: free from a mobile, a local call from a landline
    "AU": _help(_("in Australia"), "000", (_("Lifeline, to talk to somebody"), "13 11 14")),
    # lakesdhb.govt.nz, “Emergency medical help” (111); the Minister of Health, release of 29 June 2017 (scoop.co.nz) on
    # 1737
    "NZ": _help(_("in New Zealand"), "111", (_("Need to talk?, by call or text"), "1737")),
    # ekkw.de, one of the churches that run it; 112: www2.hse.ie, “works in any EU country”
    "DE": _help(_("in Germany"), "112", (_("TelefonSeelsorge, to talk to somebody"), "0800 111 0 111")),
    # service-public.fr/particuliers/actualites/A15206 (3114); 112 as in Germany
    "FR": _help(_("in France"), "112", (_("Suicide prevention line"), "3114")),
    # 113 itself, to the press agency ANP on 3 October 2025: free from now on; 112 as in Germany
    "NL": _help(_("in the Netherlands"), "112", (_("113 Suicide Prevention"), "113")),
}


def help_now():
    """Return the Help of the site's country; an empty one where nothing is known for sure."""
    return COUNTRIES.get(settings.SITE_COUNTRY, Help())
