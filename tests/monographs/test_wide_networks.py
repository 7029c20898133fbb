"""Whoever has a whole IPv6 /48 has 65,536 networks, and still cannot send without end."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from monographs.correcting import report
from monographs.models import Correction, PageVote, WideNetworkAct
from monographs.open_forms import TooMany
from reviews.links import send_links
from reviews.models import Flag, LinkRequest, Review, Vote
from reviews.submission import submit
from tests.factories import make_published
from tests.factories_reviews import make_approved

pytestmark = pytest.mark.django_db

ELSEWHERE = ("2001:db8:8::1", "192.0.2.7", "::ffff:192.0.2.8")
"""In other networks: another /48, and IPv4, which has no /48."""


def networks(count):
    """Return an address in each of some /64 networks of one /48."""
    return [f"2001:db8:7:{number:x}::1" for number in range(count)]


def send_review(edition, address):
    text = {"rating": 3, "title": "A title", "body": f"Text from {address}."}
    submit(Review(monograph=edition.monograph, edition=edition, author_name="Ada", **text), address=address)


def send_correction(edition, address):
    report(Correction(edition=edition, anchor="uses", heading="Uses", text="Wrong."), address=address)


def send_flag(edition, address):
    make_approved(edition=edition).flag(reason=Flag.Reason.OTHER, note="Look.", address=address)


def ask_for_links(_edition, address):
    send_links("ada@example.org", address=address)


@pytest.mark.parametrize(
    ("send", "model"),
    [(send_review, Review), (send_correction, Correction), (send_flag, Flag), (ask_for_links, LinkRequest)],
)
def test_in_an_hour_a_wide_network_sends_a_few_times_what_one_network_may(settings, monkeypatch, send, model):
    settings.REVIEWS_PER_HOUR = 1
    for limit in ("monographs.correcting.MOST", "reviews.flagging.FLAGS", "reviews.links.FROM_NETWORK"):
        monkeypatch.setattr(f"{limit}_PER_HOUR", 1)
    monkeypatch.setattr("monographs.open_forms.limits.WIDER", 3)
    edition = make_published().edition_in_force
    sent = model.objects.exclude(network_hash="")
    *allowed, one_more = networks(4)
    for address in allowed:
        send(edition, address)
    with pytest.raises(TooMany) as limit:
        send(edition, one_more)
    assert sent.count() == 3
    assert 3500 < limit.value.seconds <= 3600
    for address in ELSEWHERE:
        send(edition, address)
    WideNetworkAct.objects.update(at=timezone.now() - timedelta(minutes=61))
    send(edition, one_more)
    assert sent.count() == 7


@pytest.mark.parametrize(
    ("address_of", "model", "module", "sent"),
    [
        (lambda review: reverse("review_helpful", args=[review.pk]), Vote, "reviews.voting", {}),
        (
            lambda review: reverse("page_helpful", args=[review.monograph.slug]),
            *(PageVote, "monographs.page_voting", {"answer": "yes"}),
        ),
    ],
)
def test_a_wide_network_has_a_few_votes_for_as_long_as_votes_are_known(
    client, settings, monkeypatch, address_of, model, module, sent
):
    monkeypatch.setattr(f"{module}.WIDER", 3)
    review = make_approved()
    *allowed, one_more = networks(4)
    for address in allowed:
        assert client.post(address_of(review), sent, REMOTE_ADDR=address).status_code == 303
        # Who says the same again has said it once.
        assert client.post(address_of(review), sent, REMOTE_ADDR=address).status_code == 303
    refused = client.post(address_of(review), sent, REMOTE_ADDR=one_more)
    assert refused.status_code == 429
    assert "no more of them are counted" in refused.content.decode()
    assert int(refused["Retry-After"]) > (settings.ADDRESS_RETENTION_DAYS - 1) * 86_400
    assert model.objects.count() == 3
    for address in ELSEWHERE:
        assert client.post(address_of(review), sent, REMOTE_ADDR=address).status_code == 303
    other = address_of(make_approved())
    assert client.post(other, sent, REMOTE_ADDR=one_more).status_code == 303


def test_a_vote_that_is_taken_back_leaves_room_for_another(monkeypatch):
    monkeypatch.setattr("reviews.voting.WIDER", 1)
    review = make_approved()
    mine, yours = networks(2)
    for _time in range(2):
        assert review.vote(address=mine)
        assert review.take_vote_back(address=mine)
    assert review.vote(address=yours)
    with pytest.raises(TooMany):
        review.vote(address=mine)
    review.refresh_from_db()
    assert review.helpful_count == 1


def test_what_was_counted_for_wide_networks_is_erased_with_the_hashes_of_networks(settings):
    settings.ADDRESS_RETENTION_DAYS = 7
    review = make_approved()
    for address, days in zip(networks(2), (6, 8), strict=True):
        review.vote(address=address)
        newest = WideNetworkAct.objects.order_by("-pk").first()
        WideNetworkAct.objects.filter(pk=newest.pk).update(at=timezone.now() - timedelta(days=days))
    assert all(len(act.network_hash) == 64 for act in WideNetworkAct.objects.all())
    call_command("purge_personal_data")
    assert WideNetworkAct.objects.count() == 1
