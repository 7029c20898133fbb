"""What a monograph's page shows of its reviews: together at most one query for the list, and one for the tally."""

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext

from monographs.in_memory import InMemory, key_of
from monographs.prepared import SOME_NUMBER, SOME_TIME, Prepared
from reviews.help_lines import FIND_A_HELPLINE
from reviews.help_lines import help_now as help_in_country
from reviews.linked_data import review_script, reviews_script
from reviews.models import Review, Tally
from reviews.side_effect_reports import scheme_here

register = template.Library()
NEWEST = 10
SHOWN = InMemory(4_000_000)  # characters, of two bytes each


def _newest_read(monograph, now):
    return Review.objects.approved().filter(monograph=monograph).for_reading(now).newest()[:NEWEST]


NEWEST_READ = Prepared(_newest_read, monograph=SOME_NUMBER, now=SOME_TIME)


def _tally_of(edition):
    """Return the monograph's tally, which Django keeps on the object; one of zeros where none is stored."""
    try:
        return edition.monograph.tally
    except Tally.DoesNotExist:
        return Tally(monograph=edition.monograph)


def _shared(edition):
    return {
        "edition": edition,
        "tally": _tally_of(edition),
        "minimum": settings.REVIEWS_MINIMUM_FOR_AVERAGE,
        "reviews_open": settings.REVIEWS_OPEN,
    }


@register.inclusion_tag("reviews/_reviews.html")
def reviews_of(edition):
    """The newest reviews of the monograph with the distribution of stars, or an invitation to write the first."""
    context = _shared(edition)
    if context["tally"].count:
        context["reviews"] = NEWEST_READ.rows(monograph=edition.monograph_id, now=timezone.now())
        context["linked_data"] = reviews_script(edition, context["tally"], context["reviews"])
    return context


register.filter("review_script", review_script)


@register.inclusion_tag("reviews/_distribution.html")
def star_distribution(edition):
    """How the stars are distributed, with the average where there are enough reviews."""
    return _shared(edition)


@register.inclusion_tag("reviews/_rating_line.html")
def rating_line(edition):
    """The average in one line, or a sentence that says why there is none."""
    return _shared(edition)


@register.inclusion_tag("reviews/_review_action.html")
def review_action(edition):
    """The button that leads to the form, while reviews are open."""
    return _shared(edition)


@register.simple_tag
def review_count(edition):
    """How many reviews the public can read."""
    return _tally_of(edition).count


@register.simple_tag
def shown_review(review, heading):
    """One approved review, loaded with for_reading(); its HTML is kept under a key of everything that was loaded."""
    key = key_of(get_language(), heading, _loaded(review), *map(_loaded, review.standing_replies))
    html = SHOWN.get(key)
    if html is None:
        html = get_template("reviews/_review.html").render({"review": review, "heading": heading})
        SHOWN.keep(key, html)
    return mark_safe(html)


def _loaded(row):
    return {name: value for name, value in vars(row).items() if name[0] != "_" and name != "standing_replies"}


@register.inclusion_tag("reviews/_stars.html")
def stars(rating):
    """A rating as stars, with the words for those who do not see them."""
    words = ngettext("%(rating)d of 5 stars", "%(rating)d of 5 stars", rating) % {"rating": rating}
    return {"words": words, "shape": "★" * rating + "☆" * (5 - rating)}


@register.inclusion_tag("reviews/_help_now.html")
def help_now():
    """Where somebody in danger gets help now, in the site's country."""
    return {"help": help_in_country(), "directory": FIND_A_HELPLINE}


@register.inclusion_tag("reviews/_help_in_short.html")
def help_in_short():
    """The same in one sentence, for a page that is not about danger."""
    return {"help": help_in_country(), "directory": FIND_A_HELPLINE}


@register.inclusion_tag("reviews/_emergency.html")
def emergency():
    """Whom to call in an emergency, for the foot of every page."""
    return {"help": help_in_country()}


@register.inclusion_tag("reviews/_report_side_effects.html")
def report_side_effects():
    """Where side effects are reported, as a sentence, in the site's country and elsewhere."""
    return {"place": help_in_country().place, "scheme": scheme_here()}
