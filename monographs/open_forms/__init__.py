"""What forms need that anybody may send without an account or a cookie: reviews, and corrections of a text."""

from monographs.open_forms.form import OpenForm
from monographs.open_forms.limits import (
    HOUR,
    WIDER,
    AlreadySent,
    TooMany,
    check_limit,
    check_wide,
    count_sent,
    count_wide,
    count_wide_back,
    hash_of_network,
)

__all__ = [
    "HOUR",
    "WIDER",
    "AlreadySent",
    "OpenForm",
    "TooMany",
    "check_limit",
    "check_wide",
    "count_sent",
    "count_wide",
    "count_wide_back",
    "hash_of_network",
]
