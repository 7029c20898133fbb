"""How reviews are looked up."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q

from monographs.models import Edition
from reviews.addresses import email_hashes
from reviews.tokens import AUTHOR, CONFIRMATION, read_token


class ReviewQuerySet(models.QuerySet):
    """Queries of reviews. They filter on the status value, which the indexes begin with."""

    def approved(self):
        """Reviews that the public may read. Every public query starts here."""
        return self.filter(status=self.model.Status.APPROVED)

    def pending(self):
        """Reviews that wait for a moderator."""
        return self.filter(status=self.model.Status.PENDING)

    def newest(self):
        """In the readers' order: by when they were written, so that a moderator's pace moves no review up or down."""
        return self.order_by("-submitted_at", "-pk")

    def older_than(self, submitted_at, pk):
        """Those that come after the given place in the readers' order."""
        # The last condition says nothing new, but it lets the database start reading its index at the right place.
        return self.filter(Q(submitted_at__lt=submitted_at) | Q(pk__lt=pk), submitted_at__lte=submitted_at)

    def for_reading(self, at=None):
        """Load what readers see and nothing else, with `edition_number`, `edition_title` and `monograph_slug`.

        `is_outdated` tells whether the text has changed substantively since the edition it was written under;
        `standing_replies` are the official replies.
        """
        replies = Prefetch("replies", apps.get_model("reviews", "Reply").objects.standing(), to_attr="standing_replies")
        newer = Edition.objects.public(at).filter(monograph=OuterRef("monograph"), is_substantive=True)
        return (
            self.only(*self.model.PUBLIC)
            .prefetch_related(replies)
            .annotate(
                is_outdated=Exists(newer.filter(number__gt=OuterRef("edition__number"))),
                edition_number=F("edition__number"),
                edition_title=F("edition__title"),
                monograph_slug=F("monograph__slug"),
            )
        )

    def by_token(self, token):
        """Return the review whose author holds this token. Raises Review.DoesNotExist for a made-up one."""
        return self._of(token, AUTHOR)

    def by_confirmation_token(self, token):
        """Return the review whose letter had this token. Raises Review.DoesNotExist for a made-up one."""
        return self._of(token, CONFIRMATION)

    def _of(self, token, purpose):
        try:
            pk, link_number = read_token(token, purpose)
        except ValueError:
            raise self.model.DoesNotExist from None
        return self.get(pk=pk, link_number=link_number)

    def written_from(self, address):
        """Those whose author gave this e-mail address, without those who were erased."""
        return self.filter(email_hash__in=email_hashes(address))

    def by_same_person(self, review):
        """Other reviews of the same edition by the person who wrote this one, oldest first."""
        # What a person has written is little. Told the edition as it is, SQLite would look through all reviews of that.
        others = self.written_from(review.email).exclude(pk=review.pk).alias(about=F("edition") + 0)
        return others.filter(about=review.edition_id).order_by("pk")

    def forget_networks(self, before):
        """Empty the hashes of the networks that reviews came from before this time; return how many."""
        return self.filter(submitted_at__lt=before).exclude(network_hash="").update(network_hash="")

    def forget_addresses(self, before):
        """Empty the e-mail addresses of reviews that were withdrawn before this time; return how many."""
        old = self.filter(status=self.model.Status.WITHDRAWN, withdrawn_at__lt=before).exclude(email="")
        return old.update(email="", email_hash="")

    def erase_unconfirmed(self, before):
        """Delete the reviews sent before this time that nobody confirmed; return how many."""
        _rows, by_model = self.filter(status=self.model.Status.UNCONFIRMED, submitted_at__lt=before).delete()
        return by_model.get(self.model._meta.label, 0)
