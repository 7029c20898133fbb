"""Every act on a review, and a model that knows nothing of the database, for tests of any order of acts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from itertools import count
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from reviews.models import Appeal, Flag, Review
from reviews.submission import submit
from tests.factories import make_published, make_user
from tests.factories_reviews import make_wording

stars = strategies.integers(1, 5)
who = strategies.integers(0, 1)
UNDO = timedelta(minutes=5)
CONFIRM_WITHIN, RETENTION, APPEAL_WITHIN = timedelta(days=1), timedelta(days=30), timedelta(days=14)
_titles = (f"Wording {number}." for number in count(1))


@dataclass
class Text:
    """One wording, as the model knows it."""

    title: str
    rating: int
    at: datetime


@dataclass
class Report:
    """One flag that waits; its network is None once nobody knows it any more."""

    network: int | None
    at: datetime


class Acts(RuleBasedStateMachine):
    """One review at a time, two moderators, and readers who report; beside it what the model knows of it."""

    def __init__(self):
        super().__init__()
        self.now = timezone.now()
        self.clock = patch("django.utils.timezone.now", lambda: self.now)
        self.clock.start()
        self.rules_of_site = override_settings(
            REVIEWS_CONFIRM_EMAIL=True, ADDRESS_RETENTION_DAYS=RETENTION.days, APPEAL_DAYS=APPEAL_WITHIN.days
        )
        self.rules_of_site.enable()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.moderators = [make_user(), make_user()]
        self.client = Client()
        self.monograph = make_published()
        self.begin()

    def begin(self):
        """Nothing was sent yet, or nothing is left of it."""
        self.review = None
        self.status = None
        self.public = self.waiting = None
        self.row = None  # the text that stands in the review's own row
        self.refused, self.refused_at = None, None  # the text that an appeal could bring back
        self.flags = []
        self.appeal = False
        self.may_appeal = False
        self.refuser = None
        self.log = []
        self.retracted = 0
        self.replies = 0
        self.withdrawn_at = None
        self.has_network = self.has_email = self.erased = False
        self.before_last = None  # what the last decision, while it can be taken back, had changed

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        self.rules_of_site.disable()
        self.clock.stop()

    @rule(minutes=strategies.integers(1, 10))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @initialize(rating=stars)
    def submit_the_first(self, rating):
        self.submit(rating)

    @precondition(lambda self: self.review is None)
    @rule(rating=stars)
    def submit_another(self, rating):
        self.submit(rating)

    def submit(self, rating):
        text = Text(next(_titles), rating, self.now)
        edition = self.monograph.edition_in_force
        self.review = Review(
            monograph=self.monograph,
            edition=edition,
            title=text.title,
            rating=rating,
            body="It helped me.",
            author_name="Ada",
            perspective="own",
            email="ada@example.org",
            submitted_at=self.now,
        )
        submit(self.review, address="192.0.2.9")
        self.status, self.row, self.waiting = "unconfirmed", text, text
        self.has_network = self.has_email = True

    @precondition(lambda self: self.status == "unconfirmed")
    @rule()
    def confirm(self):
        self.review.confirm()
        self.status = "pending"

    @precondition(lambda self: self.review)
    @rule(days=strategies.sampled_from([0, 1, 1, 15, 31]))
    def purge_after(self, days):
        self.now += timedelta(days=days, seconds=1)
        call_command("purge_personal_data", stdout=StringIO())
        if self.status == "unconfirmed" and self.row.at < self.now - CONFIRM_WITHIN:
            self.begin()
            return
        long_ago = self.now - RETENTION
        for report in self.flags:
            report.network = None if report.at < long_ago else report.network
        if self.row and self.row.at < long_ago:
            self.has_network = False
        if self.withdrawn_at and self.withdrawn_at < long_ago:
            self.has_email = False

    @property
    def matter(self):
        if self.status == "unconfirmed":
            return None
        if self.appeal:
            return "appeal"
        if self.waiting:
            return "wording"
        return "flags" if self.flags else None

    def _remember(self, by):
        names = "status public waiting row refused refused_at flags appeal may_appeal refuser".split()
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
        self.log.append((self.matter, "approved"))
        match self.matter:
            case "appeal":
                self.public = self.row = self.refused
            case "wording":
                self.public = self.row = self.waiting
            case "flags":
                # That readers reported it in vain takes nothing from the author.
                self.flags = []
                return
        self.flags = []
        self.status, self.waiting, self.appeal, self.may_appeal = "approved", None, False, False

    @precondition(lambda self: self.matter)
    @rule(number=who, reason=strategies.sampled_from(["abusive", "advertising"]))
    def reject(self, number, reason):
        number = self._decider(number)
        self._remember(number)
        self.last = self.review.reject(by=self.moderators[number], reason=reason, undo_for=UNDO)
        self.log.append((self.matter, "rejected"))
        match self.matter:
            case "appeal":
                self.appeal = self.may_appeal = False
                return
            case "wording":
                self.refused = self.waiting
                self.status = "approved" if self.public else "rejected"
            case "flags":
                self.refused, self.public, self.flags, self.status = self.public, None, [], "rejected"
        self.waiting, self.may_appeal, self.refuser, self.refused_at = None, True, number, self.now

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
        self.log.pop()
        self.retracted += 1
        self.before_last = None

    @precondition(lambda self: self.review)
    @rule(rating=stars, stays_public=strategies.booleans())
    def edit(self, rating, stays_public):
        text = Text(next(_titles), rating, self.now)
        typed = make_wording(self.review, title=text.title, rating=rating)
        if not self.review.can_be_edited:
            with pytest.raises(Review.WrongState):
                self.review.edit(typed, stays_public=stays_public)
            return
        self.review.edit(typed, stays_public=stays_public)
        self.waiting, self.appeal, self.may_appeal, self.before_last = text, False, False, None
        if not (self.public and stays_public):
            self.public, self.row, self.flags = None, text, []
            if self.status != "unconfirmed":
                self.status = "pending"

    @precondition(lambda self: self.public)
    @rule(network=strategies.integers(1, 3))
    def flag(self, network):
        flag = self.review.flag(reason="abusive", address=f"192.0.2.{network}")
        if network not in [report.network for report in self.flags]:
            # The default of a field took hold of the real clock when the field was made.
            Flag.objects.filter(pk=flag.pk).update(at=self.now)
            self.flags = [*self.flags, Report(network, self.now)]
            self.before_last = None

    @precondition(lambda self: self.review)
    @rule(text=strategies.sampled_from(["Please look again.", "I named nobody."]))
    def appeal_against_the_refusal(self, text):
        self.now += UNDO
        if self.may_appeal and self.now <= self.refused_at + APPEAL_WITHIN:
            self.review.appeal(text)
            self.appeal, self.may_appeal, self.before_last = True, False, None
        else:
            with pytest.raises(Appeal.NotPossible):
                self.review.appeal(text)

    @precondition(lambda self: self.review)
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

    @precondition(lambda self: self.review and not self.matter)
    @rule(number=who)
    def what_asks_nothing_cannot_be_decided(self, number):
        with pytest.raises(Review.WrongState):
            self.review.approve(by=self.moderators[number])

    @precondition(lambda self: self.review)
    @rule()
    def withdraw(self):
        if self.status in ("rejected", "withdrawn"):
            with pytest.raises(Review.WrongState):
                self.review.withdraw()
            return
        self.review.withdraw()
        self._leave()

    @precondition(lambda self: self.log)
    @rule()
    def erase(self):
        self.review.erase()
        self._leave()
        self.has_network = self.has_email = False
        self.erased = True

    def _leave(self):
        self.status, self.public, self.waiting, self.flags = "withdrawn", None, None, []
        self.withdrawn_at = self.withdrawn_at or self.now
        self.appeal = self.may_appeal = False
        self.before_last = None
