"""The staff find monographs by any part of a title, a name or an address, and no list is read through for it."""

from io import StringIO

import pytest
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import TestCase
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from monographs.admin import monograph as module
from monographs.models import Monograph
from monographs.search import indexing
from tests.factories import make_monograph

TITLES = ['Ketamine "racemic"', "St John's wort", "100% oxygen_gas", "Äther (Ether)", "A\\B-acid"]
terms = st.text(alphabet="kKeEtaäÄ'\"\\%_ -(1", max_size=9) | st.sampled_from([*TITLES, "ETAM", "äther", "john's w"])


def found(term):
    searching = admin.site.get_model_admin(Monograph)
    return set(searching.get_search_results(None, Monograph.objects.order_by(), term)[0])


class AnyPartTest(HypothesisTestCase):
    @classmethod
    def setUpTestData(cls):
        for title in TITLES:
            make_monograph(title=title, other_names=title[::-1])

    @given(term=terms)
    def test_the_index_leads_to_the_same_as_looking_through_all(self, term):
        searching = admin.site.get_model_admin(Monograph)
        plain = admin.ModelAdmin.get_search_results(searching, None, Monograph.objects.order_by(), term)[0]
        assert found(term) == set(plain)


class IndexOfTitlesTest(TestCase):
    def test_it_follows_what_editors_write_and_delete(self):
        monograph = make_monograph(title="Ketamine", other_names="Ketalar", slug="address")
        for term in ("etam", "TALA", "ddress"):
            assert found(term) == {monograph}
        Monograph.objects.filter(pk=monograph.pk).update(title="Caffeine")
        assert found("etam") == set()
        assert found("affe") == {monograph}
        monograph.delete()
        assert indexing.titles().keys_with("affe", most=9) == []

    def test_what_more_have_than_a_list_shows_is_looked_for_in_all(self):
        monographs = {make_monograph(title=f"Ketamine {number}") for number in range(3)}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "MOST", 1)
            assert found("etam") == monographs


@pytest.mark.sqlite
@pytest.mark.django_db
def test_verify_finds_an_index_of_titles_that_does_not_fit_and_rebuilding_mends_it():
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER monographs_monograph_trigrams_inserted")
    make_monograph(title="Ketamine")
    output = StringIO()
    with pytest.raises(CommandError):
        call_command("verify", stdout=output)
    assert "index of titles" in output.getvalue()
    call_command("rebuild_search", stdout=StringIO())
    call_command("verify", stdout=output)
    assert found("etam")
