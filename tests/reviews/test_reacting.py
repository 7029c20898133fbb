"""What readers do with public reviews: order and narrow them, find them helpful, report them."""

import html
import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from reviews.flagging import FLAGS_PER_HOUR
from reviews.models import Flag, GroupTally, Review, Tally, Vote
from reviews.submission import network_hash
from tests.factories import make_opening, make_published, make_user
from tests.factories_reviews import make_approved, make_review, make_wording
from tests.races import at_once

pytestmark = pytest.mark.django_db


def page_of(response):
    return html.unescape(response.content.decode())


def titles(response):
    return re.findall(r'<h2 dir="auto">(\w+)</h2>', page_of(response))


@pytest.fixture
def monograph():
    monograph = make_published()
    for title, rating, helpful, reason in [("a", 3, 1, "Pain"), ("b", 5, 0, "pain "), ("c", 1, 7, "Depression")]:
        review = make_approved(monograph=monograph, title=title, rating=rating, reason_for_use=reason)
        Review.objects.filter(pk=review.pk).update(helpful_count=helpful)
    return monograph


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "cba"),
        ("sort=newest", "cba"),
        ("sort=helpful", "cab"),
        ("sort=highest", "bac"),
        ("sort=lowest", "cab"),
        ("reason=pain", "ba"),
        ("reason=pain&sort=lowest", "ab"),
        ("reason=pain&stars=5", "b"),
        ("reason=sleep", ""),
        ("form=tablet", ""),
    ],
)
def test_readers_order_and_narrow_the_list(client, monograph, query, expected):
    response = client.get(f"{reverse('reviews', args=[monograph.slug])}?{query}")

    assert "".join(titles(response)) == expected


@pytest.mark.parametrize("query", ["sort=random", "sort=helpful&before=5-5", "before=1-5-5", f"reason={'a' * 101}"])
def test_an_order_or_place_that_does_not_exist_is_not_found(client, monograph, query):
    assert client.get(f"{reverse('reviews', args=[monograph.slug])}?{query}").status_code == 404


@pytest.mark.parametrize("sort", ["newest", "helpful", "highest", "lowest"])
def test_pages_in_every_order_follow_each_other_without_gap_or_repetition(client, sort):
    monograph = make_published()
    for number in range(45):
        review = make_approved(monograph=monograph, title=f"t{number}", rating=number % 5 + 1)
        Review.objects.filter(pk=review.pk).update(helpful_count=number % 4)
    address = reverse("reviews", args=[monograph.slug])
    query, found = f"?sort={sort}", []
    while query:
        response = client.get(address + query)
        found += titles(response)
        following = re.search(r'rel="next" href="([^"]+)"', page_of(response))
        query = following and following[1]

    assert len(found) == 45
    assert set(found) == {f"t{number}" for number in range(45)}


def test_averages_of_groups_are_shown_from_the_minimum_on_and_move_with_decisions(client, settings, monograph):
    settings.REVIEWS_MINIMUM_FOR_AVERAGE = 2
    page = page_of(client.get(reverse("reviews", args=[monograph.slug])))
    assert re.search(r"<bdi>Pain</bdi></a></th><td class=\"right\">4\.0</td>", page)
    assert "<bdi>Depression</bdi></a>" not in page

    Review.objects.get(title="a").withdraw()

    assert "<bdi>Pain</bdi></a>" not in page_of(client.get(reverse("reviews", args=[monograph.slug])))
    assert set(GroupTally.objects.filter(kind="reason").values_list("key", "total")) == {("pain", 1), ("depression", 1)}
    call_command("verify")


def test_verify_finds_a_group_that_is_counted_wrongly(monograph):
    GroupTally.objects.filter(key="pain").update(stars_5=9)

    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify")


def test_a_review_says_when_its_text_has_changed_substantively_since(client, monograph):
    sentence = "the text has changed substantively since"
    address = reverse("reviews", args=[monograph.slug])
    assert sentence not in page_of(client.get(address))

    monograph.sections.update(body="A comma, moved.")
    monograph.publish(by=make_user(), note="Typing errors.", is_substantive=False)
    assert sentence not in page_of(client.get(address))

    monograph.sections.update(body="New risks.")
    monograph.publish(by=make_user(), note="New risks.")
    assert sentence in page_of(client.get(address))


def test_the_middle_half_of_the_ratings_is_told_with_the_average():
    tally = Tally(stars_1=1, stars_2=1, stars_4=4, stars_5=2)

    assert tally.middle_half == (2, 4)
    assert Tally(stars_3=4).middle_half == (3, 3)


def test_a_vote_is_counted_once_for_a_network_and_can_be_taken_back(client):
    review = make_approved()
    address = reverse("review_helpful", args=[review.pk])

    for _again in range(2):
        assert client.post(address, REMOTE_ADDR="192.0.2.1").url == address
    client.post(address, REMOTE_ADDR="192.0.2.2")

    assert Review.objects.get().helpful_count == 2
    assert "It is counted" in page_of(client.get(address, REMOTE_ADDR="192.0.2.1"))
    assert "2 readers found this helpful" in page_of(client.get(review.monograph.get_absolute_url()))
    client.post(address, {"take_back": ""}, REMOTE_ADDR="192.0.2.1")
    client.post(address, {"take_back": ""}, REMOTE_ADDR="192.0.2.1")
    assert Review.objects.get().helpful_count == 1
    assert "1 reader found this helpful" in page_of(client.get(review.monograph.get_absolute_url()))


def test_a_vote_from_a_page_of_another_site_is_refused(client):
    review = make_approved()

    response = client.post(reverse("review_helpful", args=[review.pk]), headers={"sec-fetch-site": "cross-site"})

    assert response.status_code == 403
    assert not Vote.objects.exists()


@pytest.mark.parametrize("name", ["review_helpful", "review_report"])
def test_what_is_not_public_can_be_neither_voted_for_nor_reported(client, name):
    address = reverse(name, args=[make_review().pk])

    assert client.get(address).status_code == client.post(address).status_code == 404


def test_votes_end_with_the_wording_they_were_for():
    review = make_approved()
    review.vote(address="192.0.2.1")
    review.edit(make_wording(review, title="After"))
    assert Review.objects.get().helpful_count == 1

    review.approve(by=make_user())

    assert Review.objects.get().helpful_count == 0
    assert not Vote.objects.exists()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_votes_at_once_are_each_counted_once():
    review = make_approved()
    networks = [f"192.0.2.{number % 4}" for number in range(12)]

    at_once(*[lambda address=address: Review.objects.get(pk=review.pk).vote(address=address) for address in networks])

    assert Review.objects.get().helpful_count == Vote.objects.count() == 4


def report(client, review, **answers):
    page = page_of(client.get(reverse("review_report", args=[review.pk])))
    assert f'name="opened" value="{review.monograph_id}-' in page
    data = {"opened": make_opening("reviews.flag", review.monograph), "reason": "abusive", **answers}
    return client.post(reverse("review_report", args=[review.pk]), data)


def test_a_report_reaches_the_moderators_and_its_sender_is_thanked(client):
    review = make_approved()

    response = report(client, review, remark="The third sentence.", email="grace@example.org")

    assert "Thank you for your report" in page_of(client.get(response.url))
    flag = Flag.objects.get()
    assert (flag.review, flag.reason, flag.note, flag.email) == (
        review,
        "abusive",
        "The third sentence.",
        "grace@example.org",
    )
    assert review.card.matter == "flags"


def test_a_report_that_is_refused_keeps_what_was_typed(client):
    page = page_of(report(client, make_approved(), reason="", remark="The third sentence.", email="grace@"))

    assert "Say what is wrong with the review." in page
    assert "Write the e-mail address in full" in page
    assert "The third sentence." in page
    assert 'value="grace@"' in page
    assert not Flag.objects.exists()


def test_a_network_that_reports_too_much_is_told_when_to_come_back_and_loses_nothing(client):
    review = make_approved()
    at = timezone.now() - timedelta(minutes=35)
    for _count in range(FLAGS_PER_HOUR):
        earlier = {"status": "settled", "closed_at": at, "network_hash": network_hash("127.0.0.1")}
        review.flags.create(wording=1, reason="abusive", at=at, **earlier)

    response = report(client, review, remark="The third sentence.")

    assert response.status_code == 429
    assert 1490 < int(response["Retry-After"]) <= 1500
    assert "You can send this one in 25 minutes." in page_of(response)
    assert "The third sentence." in page_of(response)
    assert not Flag.objects.open().exists()


def test_reports_and_votes_set_no_cookie(client):
    review = make_approved()

    for response in (
        client.get(reverse("review_report", args=[review.pk])),
        report(client, review),
        client.post(reverse("review_helpful", args=[review.pk])),
    ):
        assert not response.cookies
