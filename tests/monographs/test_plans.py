"""How the databases look for what the lists and the search show: by an index, however many monographs there are."""

import re

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from tests.monographs.medicines import make_library

ADDRESSES = [
    *("/", "/monographs/", "/monographs/?letter=K", "/monographs/?show=new", "/monographs/?show=changed"),
    *("/topics/", "/topics/pain-medicines/", "/search/?q=ketamine", "/search/?q=slow+pulse", "/search/?q=esketemine"),
    *("/search/?q=tablets&topic=pain-medicines", "/search/?q=xqzwvj", "/search/?q=dissociated+sprays+xyzzy"),
    "/search/suggest/?q=ke",
]
SMALL = {"monographs_topic"}
"""Tables that may be read as a whole; editors fill them by hand."""


class PlansTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_library()

    def queries_of(self, address):
        with CaptureQueriesContext(connection) as captured:
            assert self.client.get(address).status_code == 200
        return [query["sql"].rpartition("enable_seqscan = off; ")[2] for query in captured]

    def addresses(self):
        yield from ADDRESSES
        first = self.client.get("/monographs/").context["shelves"][0][1][0]
        yield from (f"/monographs/?after={first.pk}", f"/topics/pain-medicines/?after={first.pk}")

    @pytest.mark.sqlite
    def test_sqlite_reads_no_table_as_a_whole_and_sorts_no_list(self):
        for address in self.addresses():
            for query in self.queries_of(address):
                plan = explain(f"EXPLAIN QUERY PLAN {query}")
                read = re.findall(r"SCAN (\w+)\b(?! VIRTUAL)( USING(?: COVERING)? INDEX)?", plan)
                # A list in the order of an index ends after one page of it.
                ends_early = "LIMIT" in query
                tables = {table for table, by_index in read if not (by_index and ends_early)}
                assert not {table for table in tables if table.startswith("monographs_")} - SMALL, (address, plan)
                assert "TEMP B-TREE" not in plan, (address, plan)

    @pytest.mark.postgresql
    def test_postgresql_needs_to_read_no_table_as_a_whole(self):
        with connection.cursor() as cursor:
            # With a few rows it would, whatever the indexes.
            cursor.execute("SET LOCAL enable_seqscan = off")
        for address in self.addresses():
            for query in self.queries_of(address):
                plan = explain(f"EXPLAIN {query}")
                assert not set(re.findall(r"Seq Scan on (\w+)", plan)) - SMALL, (address, plan)


def explain(query):
    with connection.cursor() as cursor:
        cursor.execute(query)
        return "\n".join(row[-1] for row in cursor)
