"""Offers in German, French, Spanish, Italian and Dutch, which come to English sites too."""

from django.utils.translation import gettext_lazy as _

from reviews.screening.goods import DRUGS
from reviews.screening.rule import Rule, phrases

RULE = Rule(
    name="offer_abroad",
    weight=4,
    label=_("Offers goods in another language"),
    explanation=_("Words of an offer in German, French, Spanish, Italian or Dutch."),
    advice=_("This reads like an offer. Nothing is sold here, so take it out if you want your review to be published."),
    find=phrases(
        r"(?:<drugs>|ketamin\w?) (?:\w{1,12} ){0,2}(?:kaufen|bestellen|kopen|bestellen|comprar|acheter|acquistare)",
        r"(?:comprar?|compre|venta de|vendo|acheter|achetez|vente de|vends|comprare|vendita|kaufe?|verkaufe|koop|te "
        r"koop) (?:\w{1,12} ){0,2}(?:<drugs>|ketamin\w?)",
        r"ohne rezept|rezeptfrei|sans ordonnance|sin receta|senza ricetta|zonder recept",
        r"(?:diskret\w{0,2}|schnell\w{0,2}|anonym\w{0,2}) (?:versand|lieferung|verpackung)|(?:livraison|envio|"
        r"expedition|spedizione|consegna|verzending) (?:discret\w|rapid\w|discreet|anonim\w|gratis)",
        drugs=DRUGS,
    ),
    catches=("Ketamin kaufen ohne Rezept", "acheter de la kétamine", "envío discreto"),
    leaves=("Ich bekam Ketamin in der Klinik.", "Mon médecin me l'a prescrite."),
)
