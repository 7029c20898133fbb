"""Months that end on another day than they began."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monographs.due_dates import months_after

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 5, 3), 120, date(2036, 5, 3)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_of_a_shorter_month(day, months, later):
    assert months_after(day, months) == later


@given(st.dates(date(2000, 1, 1), date(2200, 1, 1)), st.integers(1, 120))
def test_months_always_lead_to_the_month_meant_and_never_past_the_day(day, months):
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
