"""What forms need that anybody may send without an account or a cookie: reviews, and corrections of a text."""

from monographs.open_forms.form import OpenForm
from monographs.open_forms.limits import HOUR, AlreadySent, TooMany, check_limit, hash_of_network

__all__ = ["HOUR", "AlreadySent", "OpenForm", "TooMany", "check_limit", "hash_of_network"]
