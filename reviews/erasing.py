"""What is left of a review whose author has it erased: a row without words, and decisions without messages."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.authoring import leave
from reviews.locking import finish, lock
from reviews.models import Decision, Review, Wording

NO_TEXT = {
    "title": "",
    "body": "",
    "author_name": "",
    "perspective": "",
    "reason_for_use": "",
    "form_taken": "",
    "reason_key": "",
    "text_hash": "",
    "form_taken_key": "",
    "duration": "",
    "experienced_on": None,
    "findings": [],
    "screened_as": "",
}
NO_PERSON = {"email": "", "email_hash": "", "network_hash": "", "form_key": None}


@transaction.atomic
def erase(review):
    """Do what `Review.erase` says."""
    locked = lock(review)
    if locked.erased_at:
        return
    leave(locked)
    for name, nothing in NO_TEXT.items():
        setattr(locked, name, nothing)
    locked.votes.all().delete()
    locked.helpful_count = 0
    finish(locked, review)
    _empty_what_goes_with(locked)
    changes = {**NO_PERSON, "erased_at": timezone.now(), "link_number": F("link_number") + 1}
    Review.objects.filter(pk=locked.pk).update(**changes)
    review.refresh_from_db()


def _empty_what_goes_with(review):
    Wording.objects.filter(review=review).update(**NO_TEXT)
    review.text_keys.all().delete()
    review.appeals.update(text="")
    # What readers wrote about the text may quote it; so may staff, and the admin's log names its title.
    review.flags.update(note="")
    review.replies.update(text="")
    Decision.objects.forget_words(review)
    review.letters.filter(flag=None).delete()
    for row in (review, *review.replies.all()):
        _entries_of(row).update(object_repr=_("(erased)"))


def _entries_of(row):
    """Return what the admin's log has about a row."""
    return LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
