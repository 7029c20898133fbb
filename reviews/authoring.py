"""What an author does with their own review: confirm it, give it a new wording, take it back."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from monographs.locks import one_at_a_time
from reviews.copies import copied, hash_of
from reviews.locking import finish, hide, lock, replace_text, wrong_state
from reviews.models import Decision, Figure, Flag, Letter, Review, Wording
from reviews.models.written_text import WrittenText
from reviews.screening import Screening, screen

Status = Review.Status


@transaction.atomic
def confirm(review):
    """Do what `Review.confirm` says."""
    from reviews.second_review import first_of

    locked = lock(review)
    if locked.status != Status.UNCONFIRMED:
        raise wrong_state(locked)
    # The same person may confirm two reviews at the same moment.
    one_at_a_time(locked.email_hash)
    if first := first_of(locked):
        raise Review.SecondReview(first)
    locked.status = Status.PENDING
    locked.confirmed_at = timezone.now()
    finish(locked, review)
    Figure.objects.move(Figure.Kind.RECEIVED)


@transaction.atomic
def withdraw(review):
    """Do what `Review.withdraw` says. The decisions stay in the log."""
    locked = lock(review)
    if not locked.can_be_withdrawn:
        raise wrong_state(locked)
    leave(locked)
    finish(locked, review)


def leave(locked):
    """Take a locked review off every page and out of the queue, whatever its state."""
    hide(locked, Status.WITHDRAWN)
    locked.withdrawn_at = locked.withdrawn_at or timezone.now()
    locked.decided_at = locked.decided_by = None
    _drop_what_was_asked(locked)
    _settle_flags(locked)


def renew_link(review):
    """Do what `Review.renew_link` says."""
    Review.objects.filter(pk=review.pk).update(link_number=F("link_number") + 1)
    review.refresh_from_db(fields=["link_number"])


@transaction.atomic
def edit(review, text, *, stays_public=True, newest=None):
    """Do what `Review.edit` says."""
    locked = lock(review)
    if newest is not None and newest != Wording.objects.newest(locked).number:
        raise Review.EditedMeanwhile
    if obstacle := obstacle_to_edit(locked):
        raise Review.WrongState(obstacle)
    Wording.objects.keep(locked)
    wording = Wording(review=locked, number=Wording.objects.newest(locked).number + 1)
    wording.take_text_of(text)
    wording.submitted_at = timezone.now()
    screened(wording, of=locked.pk)
    wording.save()
    _drop_what_was_asked(locked)
    if locked.is_public and stays_public:
        locked.next_wording = wording.number
    else:
        if locked.is_public:
            _settle_flags(locked)
        hide(locked, Status.UNCONFIRMED if locked.status == Status.UNCONFIRMED else Status.PENDING)
        locked.decided_at = locked.decided_by = None
        replace_text(locked, wording)
    finish(locked, review)
    Letter.objects.post(Letter.Kind.EDITED, locked)


def obstacle_to_edit(review):
    """Return why its author cannot edit a review, as a sentence, or ""."""
    if review.can_be_edited:
        return ""
    if review.status == Status.REJECTED:
        reason = Decision.Reason(review.last_decision.reason).label
        return _(
            "The review was refused for “%(reason)s”, which a new wording cannot put right. You can appeal instead."
        ) % {"reason": reason}
    return str(wrong_state(review))


def screening_of(text, *, of=None):
    """Return the Screening of a wording; `of` is the key of the stored review that it belongs to, if there is one."""
    others = {name: getattr(text, name) for name in ("author_name", "reason_for_use", "form_taken")}
    findings = screen(text.title, text.body, **others).findings
    return Screening([*findings, *copied(text, of=of)])


def screened(text, *, of=None):
    """Screen a wording before it is stored, and keep with it what was found."""
    screening = screening_of(text, of=of)
    text.text_hash = hash_of(text.body)
    text.findings = [finding.as_data() for finding in screening.findings]
    kinds = WrittenText.Screened
    text.screened_as = kinds.CRISIS if screening.crisis else kinds.SPAM if screening.likely_spam else kinds.ORDINARY


def _drop_what_was_asked(review):
    review.appeals.open().update(dropped_at=timezone.now())


def _settle_flags(review):
    flags = list(review.flags.open())
    review.flags.open().close(Flag.Status.SETTLED)
    for flag in flags:
        Letter.objects.post(Letter.Kind.FLAG_CLOSED, review, flag=flag)
