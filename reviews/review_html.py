"""One approved review as HTML.

Pages show ten reviews and more, and a template would look up the same words and addresses for each of them: six times
as long as this takes. Whatever an author typed is escaped here.
"""

from functools import cache

from django.template.loader import get_template
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.text import normalize_newlines
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext

from monographs.addresses import address_of
from reviews.models import Review


def review_html(review, heading):
    """Return a review, loaded with for_reading(); `heading` is h1, h2 or h3."""
    same = _same(get_language())
    title = escape(review.title)
    paragraphs = "".join(f'<p dir="auto">{_lines(paragraph)}</p>\n' for paragraph in review.paragraphs)
    return mark_safe(f"""
<article class="review" id="review-{review.pk}">
<header>
{same["stars"][review.rating]}
<span class="by">{_by(review, same)}</span>
</header>
<{heading} dir="auto">{title}</{heading}>
{paragraphs}<p class="note">{_when(review, same)}</p>
{_replies(review)}
<div class="review-foot">{_foot(review, same, title, is_alone=heading == "h1")}</div>
</article>
""")


def stars_html(rating):
    """A rating as stars, with the words for those who do not see them."""
    words = ngettext("%(rating)d of 5 stars", "%(rating)d of 5 stars", rating) % {"rating": rating}
    shape = "★" * rating + "☆" * (5 - rating)
    return format_html('<span class="stars" role="img" aria-label="{}">{}</span>', words, shape)


def _lines(text):
    return escape(normalize_newlines(text)).replace("\n", "<br>")


def _by(review, same):
    """Say who wrote it, and about what."""
    said = [f"<bdi>{escape(review.author_name)}</bdi>", same["perspectives"].get(review.perspective, "")]
    said += [f"<bdi>{escape(typed)}</bdi>" for typed in (review.reason_for_use, review.form_taken) if typed]
    if review.duration:
        said.append(f"{same['taken for']} {same['durations'].get(review.duration, '')}")
    if month := review.experienced_on:
        said.append(f'<time datetime="{month.isoformat()[:7]}">{date_format(month, "F Y")}</time>')
    return " · ".join(said)


def _when(review, same):
    """Say when it was written, and what has become of the text since."""
    written = same["written"] % {"date": date_format(localtime(review.submitted_at))}
    edition = same["edition"] % {"number": review.edition_number}
    address = address_of("edition", review.monograph_slug, review.edition_number)
    said = f'{written} <a href="{address}">{edition}</a>'
    if review.is_outdated:
        said += f'; <a href="{address_of("editions", review.monograph_slug)}">{same["outdated"]}</a>'
    return said


def _replies(review):
    if not review.standing_replies:
        return "\n\n"
    return get_template("reviews/_reply.html").render({"review": review})


def _foot(review, same, title, *, is_alone):
    """Return what a reader can do with it; `title` is escaped."""
    about = f'<span class="hidden-visually">: {title}</span>'
    vote, link, report = (address_of(name, review.pk) for name in ("review_helpful", "review", "review_report"))
    button = f'<button class="quiet" type="submit">{same["helpful"]}{about}</button>'
    parts = [f'<form method="post" action="{vote}">{button}</form>']
    if count := review.helpful_count:
        found = ngettext(
            "%(count)s reader found this helpful", "%(count)s readers found this helpful", count
        ) % {"count": count}  # fmt: skip
        parts.append(f"<span>{found}</span>")
    if not is_alone:
        parts.append(f'<a href="{link}">{same["link"]}{about}</a>')
    parts.append(f'<a href="{report}">{same["report"]}{about}</a>')
    return "".join(parts)


@cache
def _same(_language):
    """Return the words that are the same in each review."""
    return {
        "stars": {rating: stars_html(rating) for rating in Review.Rating.values},
        "perspectives": _labels(Review.Perspective),
        "durations": _labels(Review.Duration),
        "taken for": gettext("taken for:"),
        "written": gettext("Written on %(date)s"),
        "edition": gettext("under edition %(number)s"),
        "outdated": gettext("the text has changed substantively since"),
        "helpful": gettext("Helpful"),
        "link": gettext("Link to this review"),
        "report": gettext("Report"),
    }


def _labels(choices):
    return {choice.value: escape(str(choice.label)) for choice in choices}
