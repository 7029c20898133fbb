"""What a monograph's page shows of its reviews: together at most one query for the list, and one for the tally."""

from django import template
from django.conf import settings
from django.utils import timezone

from monographs.prepared import SOME_NUMBER, SOME_TIME, Prepared
from reviews.help_lines import FIND_A_HELPLINE
from reviews.help_lines import help_now as help_in_country
from reviews.linked_data import review_script, reviews_script
from reviews.models import Reply, Review, Tally
from reviews.review_html import review_html, stars_html
from reviews.side_effect_reports import scheme_here

register = template.Library()
NEWEST = 10


def _newest(monograph, now):
    newest = Review.objects.approved().filter(monograph=monograph).for_reading(now).newest()[:NEWEST]
    return newest.prefetch_related(None)


def _replies(monograph):
    newest = Review.objects.approved().filter(monograph=monograph).newest()[:NEWEST]
    return Reply.objects.standing().filter(review__in=newest.values("pk"))


NEWEST_READ = Prepared(_newest, monograph=SOME_NUMBER, now=SOME_TIME)
REPLIES = Prepared(_replies, monograph=SOME_NUMBER)


def newest_reviews(monograph):
    """Return the newest reviews as for_reading() loads them."""
    reviews = NEWEST_READ.rows(monograph=monograph, now=timezone.now())
    replies = REPLIES.rows(monograph=monograph)
    for review in reviews:
        review.standing_replies = [reply for reply in replies if reply.review_id == review.pk]
    return reviews


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
        context["reviews"] = newest_reviews(edition.monograph_id)
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


register.simple_tag(review_html, name="shown_review")
register.simple_tag(stars_html, name="stars")


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
