"""Reviews in any order of acts, compared after each with a model that knows nothing of the database."""

import re

import pytest
from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from reviews.models import Card, Decision, Flag, Review, Tally
from tests.reviews.acts_in_order import Acts


class Orders(Acts):
    """The acts in any order, and what holds after each of them."""

    @invariant()
    def the_row_says_what_the_model_says(self):
        stored = Review.objects.first()
        if self.review is None:
            assert stored is None
            return
        assert stored.status == self.status == self.review.status
        assert stored.is_public == bool(self.public)
        assert stored.title == ("" if self.erased else self.row.title)
        assert (bool(stored.network_hash), bool(stored.email), bool(stored.email_hash)) == (
            self.has_network,
            self.has_email,
            self.has_email,
        )

    @invariant()
    def the_log_has_every_decision(self):
        decisions = self.review.decisions if self.review else Decision.objects
        assert list(decisions.standing().order_by("pk").values_list("cause", "verdict")) == self.log
        assert decisions.count() == len(self.log) + self.retracted

    @invariant()
    def the_queue_has_one_card_for_what_is_asked(self):
        cards = list(Card.objects.values_list("matter", "flag_count", "place"))
        place = Card.Place.FLAGGED if self.flags else Card.Place.APPEAL if self.appeal else Card.Place.WAITING
        assert cards == ([(self.matter, len(self.flags), place)] if self.matter else [])

    @invariant()
    def of_reports_that_wait_the_networks_are_known_for_the_days_of_the_setting(self):
        known = Flag.objects.open().exclude(network_hash="").count()
        assert known == sum(report.network is not None for report in self.flags)

    @invariant()
    def the_tally_counts_what_is_public(self):
        tally = Tally.objects.of(self.monograph.pk)
        expected = [int(bool(self.public) and self.public.rating == stars) for stars in (5, 4, 3, 2, 1)]
        assert [bar.count for bar in tally.bars] == expected
        assert not Tally.objects.differing_from_reviews()

    @invariant()
    def readers_see_the_public_wording_and_no_other(self):
        pages = [f"/monographs/{self.monograph.slug}/{end}" for end in ("", "reviews/")]
        for page in pages:
            shown = re.findall(r"Wording \d+\.</h", self.client.get(page).content.decode())
            assert shown == ([f"{self.public.title}</h"] if self.public else [])
        if self.review is None:
            return
        answer = self.client.get(f"/reviews/{self.review.pk}/")
        assert answer.status_code == (200 if self.public else 404)
        assert answer.content.decode().count("<strong>Official reply</strong>") == (self.replies if self.public else 0)


@pytest.mark.long
@pytest.mark.django_db
def test_in_any_order_of_acts_queue_tally_and_pages_agree_with_the_model():
    run_state_machine_as_test(Orders, settings=settings(max_examples=20, stateful_step_count=20, deadline=None))
