"""Checking a text leaves nothing large behind in memory, however many hostile ones come."""

import pytest

from reviews.screening import screen, wording
from reviews.screening.keeping import LONGEST, MOST, keep_short
from reviews.screening.reading import meaning


def test_short_texts_are_worked_out_once_and_long_ones_each_time():
    asked = []

    @keep_short
    def twice(text, *, times=2):
        asked.append(text)
        return text * times

    short, long = "s" * LONGEST, "l" * (LONGEST + 1)
    for _ in range(3):
        assert twice(short) == short * 2
        assert twice(long, times=3) == long * 3
    assert asked.count(short) == 1
    assert asked.count(long) == 3
    assert twice.kept.cache_info().maxsize == MOST


@pytest.mark.parametrize("character", ["x", "7", "х"])
def test_a_text_without_a_gap_is_kept_nowhere(character):
    functions = (meaning.meaning_of, meaning.likely_form_of, wording._general)
    screen("Title", character * (LONGEST + 1))
    before = [function.kept.cache_info().currsize for function in functions]
    for length in range(LONGEST + 2, LONGEST + 20):
        screen("Title", character * length)
    assert [function.kept.cache_info().currsize for function in functions] == before
