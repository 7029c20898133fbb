"""Official replies: who writes them, where readers see them, and when they are gone."""

import html

import pytest

from monographs.models import Monograph
from reviews.models import Reply, Review, Tally
from tests.factories import make_user
from tests.factories_reviews import (
    make_approved,
    make_moderator,
    make_rejected,
    make_review,
    make_withdrawn,
    make_wording,
)

pytestmark = pytest.mark.django_db

ADD = "/admin/reviews/reply/add/"


def page_of(response):
    return html.unescape(response.content.decode())


def make_reply(review, **kwargs):
    values = {"by": make_user(), "text": "Thank you. We passed it on.", "name": "Dr Grey", "role": "Pharmacist"}
    return review.reply(**{**values, **kwargs})


def shown(client, review):
    monograph = Monograph.objects.get(pk=review.monograph_id)
    addresses = [review.get_absolute_url(), f"/monographs/{monograph.slug}/reviews/", f"/monographs/{monograph.slug}/"]
    return ["We passed it on." in page_of(client.get(address)) for address in addresses]


@pytest.fixture
def spokesperson(client):
    user = make_user("reviews.reply_review", username="grey", first_name="Jo", last_name="Grey")
    client.force_login(user)
    return user


def test_a_reply_stands_under_its_review_everywhere_on_the_next_request(client):
    review = make_approved()
    assert shown(client, review) == [False] * 3
    before = Tally.objects.of(review.monograph_id).revision

    reply = make_reply(review)
    assert shown(client, review) == [True] * 3
    assert "Pharmacist" in page_of(client.get(review.get_absolute_url()))
    assert Tally.objects.of(review.monograph_id).revision == before + 1
    assert not Tally.objects.differing_from_reviews()

    reply.withdraw(by=make_user())
    assert shown(client, review) == [False] * 3
    assert Tally.objects.of(review.monograph_id).revision == before + 2


@pytest.mark.parametrize("make", [make_review, make_rejected, make_withdrawn])
def test_only_a_public_review_is_replied_to(make):
    with pytest.raises(Review.WrongState):
        make_reply(make())
    assert not Reply.objects.exists()


def test_a_reply_goes_with_its_review_and_comes_back_with_it(client):
    review = make_approved()
    make_reply(review)
    review.flag(reason="abusive")
    review.reject(by=make_user(), reason="abusive")
    assert not any(shown(client, review))

    review.appeal("It is not.")
    review.approve(by=make_user(), message="Right.")
    assert all(shown(client, review))


def test_a_reply_to_an_earlier_wording_says_so(client):
    review = make_approved()
    make_reply(review)
    assert "earlier wording" not in page_of(client.get(review.get_absolute_url()))

    review.edit(make_wording(review, body="Other words."))
    review.approve(by=make_user())

    assert "to an earlier wording of this review" in page_of(client.get(review.get_absolute_url()))


def test_a_reply_is_withdrawn_once():
    reply = make_reply(make_approved())
    reply.withdraw(by=make_user())

    with pytest.raises(Reply.Withdrawn):
        reply.withdraw(by=make_user())


def test_text_of_a_reply_is_shown_as_text(client):
    review = make_approved()
    make_reply(review, text="<script>alert(1)</script>", name="<b>x</b>", role="<i>y</i>")

    page = client.get(review.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert "<b>x" not in page
    assert "<i>y" not in page


def test_only_those_who_may_reply_write_and_withdraw_replies(client):
    review = make_approved()
    reply = make_reply(review)
    data = {"name": "Jo", "role": "Nurse", "text": "Hello."}
    addresses = [f"{ADD}?review={review.pk}", f"/admin/reviews/reply/{reply.pk}/withdraw/"]
    for address in addresses:
        assert client.post(address, data).url.startswith("/admin/login/")
    client.force_login(make_moderator())
    for address in addresses:
        assert client.get(address).status_code == 403
        assert client.post(address, data).status_code == 403
    assert client.get("/admin/reviews/reply/").status_code == 200
    assert Reply.objects.standing().count() == 1

    client.force_login(make_user("reviews.reply_review"))
    for address in addresses:
        assert client.get(address).status_code == 200
        assert client.post(address, data).status_code == 302
    assert Reply.objects.get(text="Hello.").review == review
    assert Reply.objects.standing().count() == 1


def test_who_may_only_reply_sees_no_review_that_is_not_public(client, spokesperson):
    hidden = make_review(title="Secret title")

    assert "Secret title" not in page_of(client.get(ADD))
    assert "No public review has this address or number." in page_of(client.get(f"{ADD}?review={hidden.pk}"))
    assert client.get(f"/admin/reviews/review/{hidden.pk}/change/").status_code == 403
    assert client.get(f"/admin/reviews/desk/{hidden.pk}/").status_code == 403


@pytest.mark.parametrize("typed", ["{pk}", "/reviews/{pk}/", "https://example.org/reviews/{pk}/#review-{pk}", " {pk} "])
def test_a_review_is_found_by_number_or_address(client, spokesperson, typed):
    review = make_approved(title="Found")

    page = page_of(client.get(ADD, {"review": typed.format(pk=review.pk)}))

    assert "Found" in page
    assert 'name="text"' in page
    assert 'value="Jo Grey"' in page


@pytest.mark.parametrize("typed", ["x", "-1", "9" * 40, "²", "1; DROP"])
def test_what_is_no_review_is_said_and_kept(client, spokesperson, typed):
    page = page_of(client.get(ADD, {"review": typed}))

    assert "No public review" in page
    assert f'value="{typed}"' in page


def test_a_reply_without_words_comes_back_with_what_was_typed(client, spokesperson):
    review = make_approved()

    page = page_of(client.post(f"{ADD}?review={review.pk}", {"name": "Jo", "role": "Nurse", "text": " … "}))

    assert "Nothing is public yet." in page
    assert "Nurse" in page
    assert not Reply.objects.exists()


def test_a_review_that_is_taken_down_meanwhile_leads_to_the_choice(client, spokesperson):
    review = make_approved()
    review.withdraw()

    page = page_of(client.post(f"{ADD}?review={review.pk}", {"name": "Jo", "role": "Nurse", "text": "Hello."}))

    assert "No public review" in page
    assert not Reply.objects.exists()


def test_nobody_changes_or_deletes_a_reply(admin_client):
    reply = make_reply(make_approved())
    address = f"/admin/reviews/reply/{reply.pk}/"

    assert admin_client.post(f"{address}change/", {"text": "Other"}).status_code == 403
    assert admin_client.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert Reply.objects.get().text == reply.text


def test_replies_are_in_the_log_of_the_review(client):
    review = make_approved()
    make_reply(review, by=make_user(first_name="Florence")).withdraw(by=make_user(first_name="Mary"))
    client.force_login(make_moderator())

    page = page_of(client.get(f"/admin/reviews/review/{review.pk}/history/"))

    assert "Replied officially as Dr Grey, Pharmacist" in page
    assert page.index("Florence") < page.index("Withdrew that reply") < page.index("Mary")


def test_the_archive_leads_whoever_may_reply_to_the_reply(client):
    review = make_approved()
    address = f"/admin/reviews/review/{review.pk}/change/"
    client.force_login(make_moderator())
    assert "Reply officially" not in page_of(client.get(address))

    client.force_login(make_user("reviews.view_review", "reviews.reply_review"))
    assert f"{ADD}?review={review.pk}" in page_of(client.get(address))
