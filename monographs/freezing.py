"""Stores the frames of monograph pages when editions are published, so that no reader waits for one to be made.

A frame is made after the commit of what it shows, and never while a page is read: on SQLite each commit lets go of all
finished pages. Where it is missing or no longer right, as after an upgrade until `rerender_editions` has run, the page
is rendered whole; so nothing depends on it but time.
"""

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from monographs.models import Edition, Listing, Monograph, PageFrame
from monographs.page_cache import stamp_of

AT_ONCE = 100
"""Frames that are stored in one transaction."""


def freeze_after_commit(monographs):
    """See to the frames of monographs, given as primary keys, once what is being done to them is public."""
    # Robust: what was published is public, whatever happens to a frame.
    transaction.on_commit(lambda: freeze(monographs), robust=True)


def freeze(monographs):
    """Store the frames of monographs, given as primary keys, as they are now and when scheduled editions come."""
    if getattr(staticfiles_storage, "manifest_hash", None) == "":
        # Before collectstatic has run no page can be rendered.
        return
    now = timezone.now()
    shown = Edition.objects.filter(monograph__in=monographs, listing__ends__gt=now, withdrawal=None).order_by("pk")
    stored = dict(PageFrame.objects.filter(edition__in=shown).values_list("pk", "key"))
    with override(settings.LANGUAGE_CODE):
        frames = [
            frame
            for pk, slug, begins in shown.values_list("pk", "monograph__slug", "public_from")
            if (frame := _frame_of(pk, slug, max(now, begins), stored.get(pk)))
        ]
    past = Listing.objects.filter(edition__monograph__in=monographs, ends__lte=now)
    with transaction.atomic():
        PageFrame.objects.bulk_create(
            frames, update_conflicts=True, unique_fields=["edition"], update_fields=["key", "compressed"]
        )
        PageFrame.objects.filter(edition__in=past.values("edition")).delete()


def freeze_all():
    """See to the frames of all monographs; yield how many of them are done after each batch."""
    keys = list(Monograph.objects.order_by("pk").values_list("pk", flat=True))
    for place in range(0, len(keys), AT_ONCE):
        freeze(keys[place : place + AT_ONCE])
        yield min(place + AT_ONCE, len(keys))


def _frame_of(pk, slug, at, stored_key):
    """Return the PageFrame to store for an edition, or None when the right one is stored or it is not shown then."""
    stamp = stamp_of(slug, at)
    if stamp is None or stamp.edition_id != pk or stamp.frame_key == stored_key:
        return None
    edition = stamp.edition()
    if not stamp.shows(edition):
        # Somebody was quicker, and sees to the frame in turn.
        return None
    frame = stamp.make_frame(edition)
    return PageFrame(edition=edition, key=stamp.frame_key, compressed=PageFrame.compress(frame.to_store))
