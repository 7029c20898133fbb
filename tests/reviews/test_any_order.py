"""Reviews in any order of acts, compared after each with a model that knows nothing of the database."""

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from unittest.mock import patch

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from reviews.models import Appeal, Card, Review, Tally
from tests.factories import make_published, make_user
from tests.factories_reviews import make_review, make_wording

stars = strategies.integers(1, 5)
who = strategies.integers(0, 1)
UNDO = timedelta(minutes=5)
_titles = (f"Wording {number}." for number in count(1))


@dataclass
class Text:
    """One wording, as the model knows it."""

    title: str
    rating: int


class Orders(RuleBasedStateMachine):
    """One review, two moderators, and a reader who reports."""

    def __init__(self):
        super().__init__()
        self.now = timezone.now()
        self.clock = patch("django.utils.timezone.now", lambda: self.now)
        self.clock.start()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.moderators = [make_user(), make_user()]
        self.client = Client()
        self.monograph = make_published()
        first = Text(next(_titles), 4)
        self.review = make_review(monograph=self.monograph, title=first.title, rating=first.rating)
        self.status = "pending"
        self.public, self.waiting = None, first
        self.refused = None  # the text that an appeal could bring back
        self.flags = 0
        self.appeal = False
        self.may_appeal = False
        self.refuser = None
        self.decided = 0
        self.replies = 0
        self.before_last = None  # what the last decision, while it can be taken back, had changed

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        self.clock.stop()

    @rule(minutes=strategies.integers(1, 10))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @property
    def matter(self):
        if self.appeal:
            return "appeal"
        if self.waiting:
            return "wording"
        return "flags" if self.flags else None

    def _remember(self, by):
        names = ("status", "public", "waiting", "refused", "flags", "appeal", "may_appeal", "refuser")
        self.before_last = {name: getattr(self, name) for name in names}, by

    def _decider(self, number):
        # Whoever refused does not answer the appeal.
        return 1 - self.refuser if self.appeal else number

    @precondition(lambda self: self.matter)
    @rule(number=who)
    def approve(self, number):
        number = self._decider(number)
        self._remember(number)
        self.last = self.review.approve(by=self.moderators[number], undo_for=UNDO)
        self.decided += 1
        match self.matter:
            case "appeal":
                self.public, self.flags = self.refused, 0 if self.public else self.flags
            case "wording":
                self.public, self.flags = self.waiting, 0 if self.public else self.flags
            case "flags":
                # That readers reported it in vain takes nothing from the author.
                self.flags = 0
                return
        self.status, self.waiting, self.appeal, self.may_appeal = "approved", None, False, False

    @precondition(lambda self: self.matter)
    @rule(number=who, reason=strategies.sampled_from(["abusive", "advertising"]))
    def reject(self, number, reason):
        number = self._decider(number)
        self._remember(number)
        self.last = self.review.reject(by=self.moderators[number], reason=reason, undo_for=UNDO)
        self.decided += 1
        match self.matter:
            case "appeal":
                self.appeal = self.may_appeal = False
                return
            case "wording":
                self.refused = self.waiting
                self.status = "approved" if self.public else "rejected"
            case "flags":
                self.refused, self.public, self.flags, self.status = self.public, None, 0, "rejected"
        self.waiting, self.may_appeal, self.refuser = None, True, number

    @precondition(lambda self: self.before_last)
    @rule()
    def take_the_last_decision_back(self):
        before, number = self.before_last
        if self.now >= self.last.final_at:
            with pytest.raises(Review.WrongState):
                self.last.retract(by=self.moderators[number])
            return
        with pytest.raises(Review.WrongState):
            self.last.retract(by=self.moderators[1 - number])
        self.last.retract(by=self.moderators[number])
        self.review.refresh_from_db()
        vars(self).update(before)
        self.decided -= 1
        self.before_last = None

    @rule(rating=stars, stays_public=strategies.booleans())
    def edit(self, rating, stays_public):
        text = Text(next(_titles), rating)
        typed = make_wording(self.review, title=text.title, rating=rating)
        if not self.review.can_be_edited:
            with pytest.raises(Review.WrongState):
                self.review.edit(typed, stays_public=stays_public)
            return
        self.review.edit(typed, stays_public=stays_public)
        self.waiting, self.appeal, self.may_appeal, self.before_last = text, False, False, None
        if not (self.public and stays_public):
            self.public, self.status, self.flags = None, "pending", 0

    @precondition(lambda self: self.public)
    @rule(network=strategies.integers(1, 3))
    def flag(self, network):
        before = self.review.flags.open().count()
        self.review.flag(reason="abusive", address=f"192.0.2.{network}")
        self.flags = self.review.flags.open().count()
        assert self.flags in (before, before + 1)
        if self.flags > before:
            self.before_last = None

    @rule(text=strategies.sampled_from(["Please look again.", "I named nobody."]))
    def appeal_against_the_refusal(self, text):
        if self.may_appeal:
            self.now += UNDO
            self.review.appeal(text)
            self.appeal, self.may_appeal, self.before_last = True, False, None
        else:
            with pytest.raises(Appeal.NotPossible):
                self.review.appeal(text)

    @rule(number=who)
    def reply_officially(self, number):
        values = {"by": self.moderators[number], "text": "Thank you.", "name": "Dr Grey", "role": "Pharmacist"}
        if not self.public:
            with pytest.raises(Review.WrongState):
                self.review.reply(**values)
            return
        self.review.reply(**values)
        self.replies += 1
        self.before_last = None

    @precondition(lambda self: self.replies)
    @rule(number=who)
    def withdraw_a_reply(self, number):
        self.review.replies.standing().first().withdraw(by=self.moderators[number])
        self.review.refresh_from_db()
        self.replies -= 1
        self.before_last = None

    @precondition(lambda self: not self.matter)
    @rule(number=who)
    def what_asks_nothing_cannot_be_decided(self, number):
        with pytest.raises(Review.WrongState):
            self.review.approve(by=self.moderators[number])

    @rule()
    def withdraw(self):
        if self.status in ("rejected", "withdrawn"):
            with pytest.raises(Review.WrongState):
                self.review.withdraw()
            return
        self.review.withdraw()
        self.status, self.public, self.waiting, self.flags = "withdrawn", None, None, 0
        self.appeal = self.may_appeal = False
        self.before_last = None

    @invariant()
    def the_row_says_what_the_model_says(self):
        stored = Review.objects.get(pk=self.review.pk)
        assert stored.status == self.status == self.review.status
        assert stored.is_public == bool(self.public)
        assert stored.decisions.standing().count() == self.decided

    @invariant()
    def the_queue_has_one_card_for_what_is_asked(self):
        cards = [(card.matter, card.flag_count) for card in Card.objects.filter(review=self.review)]
        assert cards == ([(self.matter, self.flags)] if self.matter else [])

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
        answer = self.client.get(f"/reviews/{self.review.pk}/")
        assert answer.status_code == (200 if self.public else 404)
        assert answer.content.decode().count("<strong>Official reply</strong>") == (self.replies if self.public else 0)


@pytest.mark.django_db
def test_in_any_order_of_acts_queue_tally_and_pages_agree_with_the_model():
    run_state_machine_as_test(Orders, settings=settings(max_examples=25, stateful_step_count=20, deadline=None))
