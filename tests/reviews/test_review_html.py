"""How a review is written: everything that was typed is escaped, and everything that is known of it is said."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from monographs.addresses import address_of
from reviews.models import Reply, Review
from reviews.review_html import review_html

TYPED = """<b>&"{x}%(date)s"""
ESCAPED = "&lt;b&gt;&amp;&quot;{x}%(date)s"


def a_review(**kwargs):
    review = Review(
        **{
            "pk": 7,
            "rating": 4,
            "title": TYPED,
            "body": f"One\r\n{TYPED}\n \n\nTwo",
            "author_name": TYPED,
            "perspective": "own",
            "submitted_at": datetime(2026, 5, 1, tzinfo=UTC),
            **kwargs,
        }
    )
    review.monograph_slug, review.edition_number = "ketamine", 3
    review.is_outdated = bool(kwargs)
    review.standing_replies = []
    return review


def test_a_review_says_who_wrote_what_when_and_nothing_that_is_not_known():
    about = f'<span class="hidden-visually">: {ESCAPED}</span>'
    foot = (
        f'<form method="post" action="/reviews/7/helpful/"><button class="quiet" type="submit">Helpful{about}</button>'
        f'</form><a href="/reviews/7/">Link to this review{about}</a><a href="/reviews/7/report/">Report{about}</a>'
    )
    assert (
        review_html(a_review(), "h2")
        == f"""
<article class="review" id="review-7">
<header>
<span class="stars" role="img" aria-label="4 of 5 stars">★★★★☆</span>
<span class="by"><bdi>{ESCAPED}</bdi> · Own experience</span>
</header>
<h2 dir="auto">{ESCAPED}</h2>
<p dir="auto">One<br>{ESCAPED}</p>
<p dir="auto">Two</p>
<p class="note">Written on 1 May 2026 <a href="/monographs/ketamine/editions/3/">under edition 3</a></p>



<div class="review-foot">{foot}</div>
</article>
"""
    )


def test_a_review_says_all_that_is_known_of_it():
    known = {"reason_for_use": TYPED, "form_taken": TYPED, "duration": "weeks", "experienced_on": date(2026, 3, 1)}
    review = a_review(**known, helpful_count=2)
    review.standing_replies = [
        Reply(name=TYPED, role=TYPED, text=TYPED, at=datetime(2026, 5, 2, tzinfo=UTC), wording=1)
    ]
    html = review_html(review, "h1")
    month = '<time datetime="2026-03">March 2026</time>'
    assert f"<bdi>{ESCAPED}</bdi> · <bdi>{ESCAPED}</bdi> · taken for: Less than a month · {month}</span>" in html
    assert '; <a href="/monographs/ketamine/editions/">the text has changed substantively since</a></p>' in html
    assert f'<section class="reply" aria-label="Official reply by {ESCAPED}">' in html
    assert "<span>2 readers found this helpful</span>" in html
    assert "Link to this review" not in html
    assert "<b>" not in html


def test_each_language_has_its_own_words():
    assert "Own experience" in review_html(a_review(), "h2")
    with override("de"):
        assert "Geschrieben am 1. Mai 2026" in review_html(a_review(), "h2")
    assert "Written on 1 May 2026" in review_html(a_review(), "h2")


@pytest.mark.parametrize(
    ("name", "values", "address"),
    [
        ("front_page", [], "/"),
        ("review", [7], "/reviews/7/"),
        ("edition", ["keta-mine", 3], "/monographs/keta-mine/editions/3/"),
    ],
)
def test_addresses_that_are_asked_for_once_are_those_of_the_site(name, values, address):
    assert address_of(name, *values) == address
