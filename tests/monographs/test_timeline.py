"""The line of time on the history page."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from monographs.timeline import MOST_YEARS, timeline
from tests.factories import make_published

pytestmark = pytest.mark.django_db


def history(*times, **kwargs):
    """Publish one edition at each of these times; return them, newest first."""
    monograph = make_published(title="Ketamine", slug="ketamine", public_from=times[0])
    for number, time in enumerate(times[1:]):
        monograph.sections.update(body=f"Text {number}.")
        monograph.publish(by=None, note="Next.", public_from=time, **kwargs)
    return list(monograph.editions.order_by("-number"))


def places(svg):
    return [float(place) for place in re.findall(r'<circle class="\w+" cx="([\d.]+)%"', svg)]


def test_each_edition_has_its_mark_at_its_time(monkeypatch):
    years = [datetime(year, 3, 1, tzinfo=UTC) for year in (2020, 2022, 2024)]
    editions = history(*years)
    monkeypatch.setattr(timezone, "now", lambda: years[-1])
    assert places(timeline(editions)) == pytest.approx([2, 50, 98], abs=0.1)


def test_marks_tell_substantive_minor_and_withdrawn_editions_apart():
    editions = history(timezone.now() - timedelta(days=9), timezone.now(), is_substantive=False)
    editions[1].withdraw(by=None, reason="Wrong.")
    assert re.findall(r'<circle class="(\w+)"', timeline(editions)) == ["withdrawn", "minor"]


def test_the_picture_says_in_words_what_it_shows():
    svg = timeline(history(datetime(2020, 3, 1, tzinfo=UTC), datetime(2022, 3, 1, tzinfo=UTC)))
    assert 'role="img" aria-label="Line of time: 2 editions from 1 March 2020 to 1 March 2022.' in svg


def test_a_long_time_has_a_bounded_number_of_years_written_below_it():
    svg = timeline(history(datetime(1900, 3, 1, tzinfo=UTC), datetime(2022, 3, 1, tzinfo=UTC)))
    assert 1 < svg.count("<text") <= MOST_YEARS


def test_editions_of_one_moment_are_no_error():
    now = timezone.now()
    assert len(places(timeline(history(now, now)))) == 2


def test_one_edition_needs_no_line(client):
    assert timeline(history(timezone.now())) == ""
    assert 'class="timeline"' not in client.get("/monographs/ketamine/editions/").content.decode()


def test_the_history_page_shows_the_line_beside_the_list(client):
    history(timezone.now() - timedelta(days=9), timezone.now())
    page = client.get("/monographs/ketamine/editions/").content.decode()
    assert page.index('class="timeline"') < page.index('class="entries editions"')
