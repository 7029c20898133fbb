"""The list of all reviews, and the part of a monograph’s page about them."""

import html
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from monographs.models import Edition
from reviews.models import Review, Tally
from tests.factories import make_monograph, make_published, make_user
from tests.factories_reviews import make_approved, make_review

pytestmark = pytest.mark.django_db


def page_of(response):
    return html.unescape(response.content.decode())


def make_many(monograph, count, **kwargs):
    """Make approved reviews, each a minute older than the one before, without deciding each."""
    now, by = timezone.now(), make_user()
    edition = monograph.edition_in_force
    Review.objects.bulk_create(
        Review(
            monograph=monograph,
            edition=edition,
            rating=number % 5 + 1,
            title=f"Title {number}.",
            body="Body",
            author_name="Ada",
            perspective=("own", "carer")[number % 2],
            status="approved",
            decided_at=now,
            decided_by=by,
            submitted_at=now - timedelta(minutes=number),
            **kwargs,
        )
        for number in range(count)
    )
    for number in range(count):
        Tally.objects.add(Review(monograph=monograph, rating=number % 5 + 1))


def titles(page):
    return [int(number) for number in re.findall(r"<h2 dir=\"auto\">Title (\d+)\.</h2>", page)]


@pytest.fixture
def busy():
    """A monograph with 46 approved reviews."""
    monograph = make_approved(title="The newest", submitted_at=timezone.now() + timedelta(minutes=1)).monograph
    make_many(monograph, 45)
    return monograph


def test_pages_follow_each_other_without_gap_or_repetition_newest_first(client, busy):
    address, seen, pages = reverse("reviews", args=[busy.slug]), [], 0
    while address:
        page = page_of(client.get(address))
        seen += titles(page)
        pages += 1
        older = re.search(r'rel="next" href="([^"]+)"', page)
        address = older and reverse("reviews", args=[busy.slug]) + older[1]

    assert seen == list(range(45))
    assert pages == 3


def test_a_page_stays_where_it_is_when_newer_reviews_come_and_its_first_one_goes(client, busy):
    page = page_of(client.get(reverse("reviews", args=[busy.slug])))
    older = reverse("reviews", args=[busy.slug]) + re.search(r'rel="next" href="([^"]+)"', page)[1]
    before = titles(page_of(client.get(older)))

    make_approved(monograph=busy)
    Review.objects.get(title="Title 18.").withdraw()

    assert titles(page_of(client.get(older))) == before


def test_the_list_is_narrowed_by_stars_and_perspective_and_keeps_that_on_later_pages(client, busy):
    address = reverse("reviews", args=[busy.slug])

    assert titles(page_of(client.get(f"{address}?stars=1"))) == list(range(0, 45, 5))
    assert titles(page_of(client.get(f"{address}?stars=1&perspective=carer"))) == list(range(5, 45, 10))
    assert "No review fits all that you chose." in page_of(client.get(f"{address}?stars=1&perspective=professional"))

    page = page_of(client.get(f"{address}?perspective=carer&stars="))
    older = re.search(r'rel="next" href="([^"]+)"', page)[1]
    assert older.startswith("?perspective=carer&before=")
    assert titles(page_of(client.get(address + older))) == [41, 43]


@pytest.mark.parametrize(
    "query",
    [
        "stars=6",
        "stars=a",
        "perspective=cat",
        "before=x",
        "before=1",
        "before=-1--1",
        "before=9" + "9" * 17 + "-1",
        "before=%00",
    ],
)
def test_a_made_up_page_of_the_list_is_not_found(client, query):
    monograph = make_approved().monograph

    assert client.get(f"{reverse('reviews', args=[monograph.slug])}?{query}").status_code == 404


def test_a_page_after_the_last_one_says_so(client):
    monograph = make_approved().monograph

    page = page_of(client.get(f"{reverse('reviews', args=[monograph.slug])}?before=0-0"))

    assert "There are no more reviews." in page


def test_only_the_plain_first_page_is_for_search_engines(client, busy):
    address = reverse("reviews", args=[busy.slug])

    assert f'<link rel="canonical" href="http://testserver{address}">' in page_of(client.get(address))
    assert "noindex" in page_of(client.get(f"{address}?stars=1"))


def test_a_monograph_that_is_not_public_has_no_list(client):
    make_monograph(slug="draft")

    assert client.get("/monographs/draft/reviews/").status_code == 404


@pytest.mark.parametrize("count", [1, 45])
def test_the_list_costs_at_most_four_queries_however_many_reviews(client, django_assert_max_num_queries, count):
    review = make_approved()
    make_many(review.monograph, count)

    with django_assert_max_num_queries(4):
        client.get(reverse("reviews", args=[review.monograph.slug]))
    with django_assert_max_num_queries(2):
        client.get(review.get_absolute_url())


@pytest.mark.parametrize("count", [0, 1, 45])
def test_the_parts_of_a_monographs_page_cost_at_most_three_queries_together(django_assert_max_num_queries, count):
    monograph = make_published()
    if count:
        make_approved(monograph=monograph)
        make_many(monograph, count)
    edition = Edition.objects.select_related("monograph").get()
    page = Template(
        "{% load reviews %}{% rating_line edition %}{% review_count edition as n %}{{ n }}{% review_action edition %}"
        "{% reviews_of edition %}"
    )

    with django_assert_max_num_queries(3 if count else 1):
        page.render(Context({"edition": edition}))


def test_the_permalink_and_the_list_set_no_cookie_and_vary_by_nothing(client):
    review = make_approved()

    for address in (review.get_absolute_url(), reverse("reviews", args=[review.monograph.slug])):
        response = client.get(address)
        assert not response.cookies
        assert "Vary" not in response.headers
        assert "script-src 'self'" in response["Content-Security-Policy"]
        assert "style=" not in page_of(response)
        # Scripts are files of ours; the other one is data.
        assert not re.search(r'<script(?! src="/static/| type="application/ld\+json")', page_of(response))


def render(template, monograph):
    edition = Edition.objects.select_related("monograph").filter(monograph=monograph).get()
    context = Context({"edition": edition, "user": AnonymousUser()})
    return html.unescape(Template("{% load reviews %}" + template).render(context))


def test_with_no_reviews_the_page_invites_to_write_the_first():
    monograph = make_published(title="Ketamine")

    section = render("{% reviews_of edition %}", monograph)

    assert '<section class="panel" id="reviews"' in section
    assert "There are no reviews yet." in section
    assert "Be the first to review “Ketamine”" in section
    assert reverse("review_new", args=[monograph.slug]) in section
    assert "A review is not a report of a side effect" in section


def test_the_rating_line_with_none_says_so_instead_of_showing_empty_stars():
    monograph = make_published()

    line = render("{% rating_line edition %}", monograph)

    assert "No reviews yet" in line
    assert reverse("review_new", args=[monograph.slug]) in line
    assert "☆" not in line


def test_while_reviews_are_closed_nobody_is_invited(settings):
    settings.REVIEWS_OPEN = False
    monograph = make_published()

    section = render("{% rating_line edition %}{% review_action edition %}{% reviews_of edition %}", monograph)

    assert reverse("review_new", args=[monograph.slug]) not in section
    assert "Reviews are closed at the moment." in section


def test_below_the_minimum_a_sentence_stands_in_for_the_average(settings):
    settings.REVIEWS_MINIMUM_FOR_AVERAGE = 2
    monograph = make_approved(rating=5).monograph

    assert "too few for an average" in render("{% rating_line edition %}", monograph)
    assert "An average is shown from 2 reviews on" in render("{% reviews_of edition %}", monograph)

    make_approved(monograph=monograph, rating=2)
    assert "<b>3.5</b> of 5" in render("{% rating_line edition %}", monograph)
    assert "<b>3.5</b> of 5 on average, from 2 reviews" in render("{% reviews_of edition %}", monograph)


def test_the_page_shows_the_ten_newest_the_distribution_and_the_way_to_all(busy):
    section = render("{% reviews_of edition %}", busy)

    assert re.findall(r'<h3 dir="auto">([^<]+)\.?</h3>', section) == ["The newest"] + [f"Title {n}." for n in range(9)]
    assert '<rect width="20" height="8"/>' in section
    assert "All reviews (46)" in section
    assert "style=" not in section


def test_the_count_for_the_tab_counts_approved_reviews_only():
    monograph = make_approved().monograph
    make_review(monograph=monograph)

    assert render("{% review_count edition as n %}({{ n }})", monograph) == "(1)"
