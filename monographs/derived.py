"""What follows from editions and withdrawals: when each is in force, its place in the lists, and the search."""

from monographs import search
from monographs.models import Listing


def refresh(monographs):
    """Bring everything in line with the editions of monographs. Only inside a transaction that holds their locks."""
    Listing.objects.refresh(monographs)
    search.refresh(monographs)
