"""What an author does with their own review: confirm it, give it a new wording, take it back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.copies import copied, hash_of
from reviews.locking import finish, hide, lock, replace_text, wrong_state
from reviews.models import Decision, Figure, Flag, Letter, Review, Wording
from reviews.models.written_text import WrittenText
from reviews.screening import Screening, screen

Status = Review.Status


@transaction.atomic
def confirm(review):
    """Do what `Review.confirm` says."""
    locked = lock(review)
    if locked.status != Status.UNCONFIRMED:
        raise wrong_state(locked)
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
    hide(locked, Status.WITHDRAWN)
    locked.withdrawn_at = timezone.now()
    locked.decided_at = locked.decided_by = None
    _drop_what_was_asked(locked)
    Flag.objects.filter(review=locked).close(Flag.Status.SETTLED)
    finish(locked, review)


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
            Flag.objects.filter(review=locked).close(Flag.Status.SETTLED)
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
