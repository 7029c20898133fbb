"""Where side effects are reported, by country: reviews are no such reports.

The addresses are those that the authorities themselves name, as read on 26 November 2026; where a page may move, the
front door of the authority is named.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Scheme:
    """Who takes reports in a country, as one reads it after “report to”, and at which address."""

    name: str
    address: str


COUNTRIES = {
    "GB": Scheme(_("the Yellow Card scheme"), "https://yellowcard.mhra.gov.uk"),
    "IE": Scheme(_("the Health Products Regulatory Authority"), "https://www.hpra.ie"),
    "US": Scheme(_("MedWatch of the Food and Drug Administration"), "https://www.fda.gov/medwatch"),
    "CA": Scheme(
        "Health Canada",
        "https://www.canada.ca/en/health-canada/services/drugs-health-products/medeffect-canada.html",
    ),
    "AU": Scheme(_("the Therapeutic Goods Administration"), "https://aems.tga.gov.au"),
    "NZ": Scheme("Medsafe", "https://www.medsafe.govt.nz"),
    # pei.de and bfarm.de both lead here.
    "DE": Scheme(_("the Federal Institutes BfArM and PEI"), "https://nebenwirkungen.bund.de"),
    # ansm.sante.fr, “Comment déclarer si vous êtes patient ou usager ?”
    "FR": Scheme(_("the health authorities’ reporting portal"), "https://signalement.social-sante.gouv.fr"),
    "NL": Scheme(_("the side effects centre Lareb"), "https://www.lareb.nl"),
}


def scheme_here():
    """Return the Scheme of the site's country, or None where it is not known for sure."""
    return COUNTRIES.get(settings.SITE_COUNTRY)
