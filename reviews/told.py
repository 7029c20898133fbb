"""What an author is told about their review: where it stands, what was decided and why, and what they can do now.

They never learn who decided, nor of a decision that its moderator may still take back.
"""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from reviews.appealing import appeal_until, refusal_to_appeal
from reviews.fairness import usual_wait
from reviews.matters import waiting_text
from reviews.models import Appeal, Card, Decision, Review
from reviews.passages import passages_of

AHEAD_AT_MOST = 100
"""So many cards before an author's are counted; further back, they are told that there are more."""

Status, Cause = Review.Status, Decision.Cause
CRISIS = Review.Screened.CRISIS


@dataclass(frozen=True)
class ToldDecision:
    """A Decision with the wording that it is about, the passages marked in that, and the appeal against it, or None."""

    decision: Decision
    wording: object
    appeal: Appeal | None

    @cached_property
    def passages(self):
        return passages_of(self.wording, self.decision.marks)


class Told:
    """Everything that the pages of a review's author show."""

    def __init__(self, review):
        self.review = review
        standing = list(review.decisions.standing().filter(final_at__lte=timezone.now()))
        self.is_being_decided = review.is_being_decided
        wordings = {wording.number: wording for wording in review.wordings.all()}
        appeals = {appeal.against_id: appeal for appeal in review.appeals.all()}
        self.decisions = [
            ToldDecision(decision, wordings.get(decision.wording, review), appeals.get(decision.pk))
            for decision in standing
        ]
        self.waiting = waiting_text(review)
        self.open_appeal = next((appeal for appeal in appeals.values() if appeal.is_open), None)

    @cached_property
    def state(self):
        """One word for where the review stands, which the template puts into sentences."""
        review, last = self.review, self.last_refusal
        if self.is_being_decided:
            return "being_decided"
        if self.open_appeal:
            return "appealed"
        if review.status == Status.APPROVED:
            if review.next_wording:
                return "change_waits"
            return "change_refused" if last else "published"
        if review.status == Status.REJECTED:
            if last.decision.cause == Cause.APPEAL:
                return "upheld"
            return "taken_down" if last.decision.cause == Cause.FLAGS else "refused"
        return str(review.status)

    @cached_property
    def last_refusal(self):
        """The decision by which the author's newest wording is not public, as a ToldDecision, or None."""
        newest = next((told for told in self.decisions if (told.decision.cause, told.decision.verdict) != KEPT), None)
        return newest if newest and newest.decision.verdict == Decision.Verdict.REJECTED else None

    @cached_property
    def ahead(self):
        """How many cards come before the review's own, at most AHEAD_AT_MOST; None when it waits for nobody."""
        card = Card.objects.filter(pk=self.review.pk).first()
        return card.ahead(AHEAD_AT_MOST) if card else None

    @cached_property
    def usual_wait(self):
        """The time within which half of all wordings were decided, or None with too few decisions."""
        return usual_wait()

    @cached_property
    def may_need_help(self):
        """Whether the text speaks of danger to life, as the screening saw or a moderator decided."""
        if self.review.status == Status.WITHDRAWN:
            return False
        told = self.last_refusal
        return CRISIS in (self.review.screened_as, getattr(self.waiting, "screened_as", "")) or bool(
            told and told.decision.reason == Decision.Reason.EMERGENCY
        )

    @cached_property
    def may_be_second(self):
        """Whether another review of the same edition came from the same network. Households and offices share one."""
        review = self.review
        if not review.network_hash or review.status not in (Status.UNCONFIRMED, Status.PENDING):
            return False
        others = Review.objects.filter(network_hash=review.network_hash, edition=review.edition_id)
        # Asked for those before it, SQLite would begin with all of the edition and not with the network.
        return others.exclude(pk__gte=review.pk).exclude(status=Status.WITHDRAWN).exists()

    @cached_property
    def appeal_until(self):
        """Until when the author can appeal, or None when they cannot."""
        refusal = refusal_to_appeal(self.review)
        return appeal_until(refusal) if refusal else None

    @property
    def is_waiting(self):
        """Whether somebody will decide something, so that a place in the queue can be told."""
        return not self.is_being_decided and self.ahead is not None and bool(self.waiting or self.open_appeal)

    @property
    def is_far_back(self):
        return self.ahead == AHEAD_AT_MOST

    @property
    def can_be_edited(self):
        return not self.is_being_decided and self.review.can_be_edited

    @property
    def can_be_withdrawn(self):
        return not self.is_being_decided and self.review.can_be_withdrawn


KEPT = (Cause.FLAGS, Decision.Verdict.APPROVED)
"""Readers reported the public wording, and it stays: nothing changes for its author."""
