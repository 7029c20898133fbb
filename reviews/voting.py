"""Helpful votes: one for each network and review, counted where it is cast."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from monographs.open_forms import WIDER, count_wide, count_wide_back
from reviews.locking import lock, wrong_state
from reviews.models import Review, Tally, Vote
from reviews.submission import network_hash


@transaction.atomic
def vote(review, *, address):
    """Do what `Review.vote` says. A wide network has as many votes as single ones may send at a time."""
    locked = lock(review)
    if not locked.is_public:
        raise wrong_state(locked)
    _vote, is_new = Vote.objects.get_or_create(review=review, network_hash=network_hash(address))
    if is_new:
        count_wide(_purpose(review), address, most=WIDER, within=timedelta(days=settings.ADDRESS_RETENTION_DAYS))
        _count(review, 1)
    return is_new


@transaction.atomic
def take_vote_back(review, *, address):
    """Do what `Review.take_vote_back` says."""
    deleted, _kinds = Vote.objects.filter(review=review, network_hash=network_hash(address)).delete()
    if deleted:
        count_wide_back(_purpose(review), address)
        _count(review, -1)
    return bool(deleted)


def has_voted(review, *, address):
    """Whether a network has found the review helpful, as long as its hash is kept."""
    return Vote.objects.filter(review=review, network_hash=network_hash(address)).exists()


def _purpose(review):
    return f"votes on {review.pk}"


def _count(review, step):
    Review.objects.filter(pk=review.pk).update(helpful_count=F("helpful_count") + step)
    Tally.objects.touch(review.monograph_id)
