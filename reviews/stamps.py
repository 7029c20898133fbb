"""What a cached page must carry in its key so that it never shows a review that is gone."""

from reviews.models import Tally


def tally_stamp(monograph_id):
    """Return a text that changes with every change to what readers see of a monograph's reviews; one indexed query."""
    revision = Tally.objects.filter(monograph=monograph_id).values_list("revision", flat=True).first()
    return str(revision or 0)
