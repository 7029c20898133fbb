"""No page and no act reads a large table as a whole, on either database: everything that tests/bench/scale.py times."""

import re
from collections import defaultdict
from io import StringIO
from unittest.mock import patch

from django.core.management import call_command
from django.test import TestCase, override_settings

from monographs import freezing
from monographs.admin import long_list
from portal import sitemap
from reviews.models import group_tally
from reviews.search import indexing
from tests.bench.scale_acts import acts
from tests.plans import explain, queries, read_whole

LOOKED_THROUGH = {
    "admin monographs/monograph/?q=in": "no index finds what is shorter than three letters; many have it",
    "admin monographs/edition/?q=in": "the same",
}
"""What does read all monographs, and why; never all reviews."""

EMPTY_HERE = {
    "admin reviews/reply/": "reviews_reply",
    "admin monographs/correction/": "monographs_correction",
    "admin monographs/picture/": "monographs_picture",
}
"""Where the admin counts less than a page, it reads all of that."""

ALL_APPROVED = "USING INDEX review_queue (status=?)"
"""How SQLite says that it looks through all reviews that are approved."""

NOTHING_KEPT = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@patch.object(long_list, "MOST_LOOKED_AT", 5)  # few of the few rows here
@patch.object(sitemap, "LARGE", 20)
@patch.object(sitemap, "NEWEST", 5)
@override_settings(CACHES=NOTHING_KEPT, METRICS_TOKEN="measuring-measuring-measuring")
class PlansOfEverythingTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("populate", monographs=60, reviews=700)

    def test_an_index_leads_to_what_a_page_or_an_act_needs(self):
        seen, faults = set(), []
        for name, act in acts().items():
            prepare, act = act if isinstance(act, tuple) else (None, act)
            if prepare:
                prepare()
            with queries() as made:
                act()
            for query in made:
                shape = re.sub(r"\d+|'[^']*'", "?", query)
                if shape in seen:
                    continue
                seen.add(shape)
                tables = read_whole(query)
                if name in EMPTY_HERE and "LIMIT" not in query:
                    tables -= {EMPTY_HERE[name]}
                if name in LOOKED_THROUGH:
                    tables = {table for table in tables if table.startswith("reviews_")}
                if tables:
                    faults.append(f"{name}: {sorted(tables)}\n{query}\n{explain(query)}")
        assert not faults, "\n\n".join(faults)

    @patch.object(freezing, "AT_ONCE", 20)
    @patch.object(indexing, "AT_ONCE", 100)
    @patch.object(group_tally, "AT_ONCE", 20)
    def test_what_a_command_looks_at_some_at_a_time_is_found_by_its_key(self):
        with queries() as made:
            call_command("verify", stdout=StringIO())
            call_command("rebuild_search", stdout=StringIO())
            call_command("rerender_editions", stdout=StringIO())
        alike = defaultdict(list)
        # How many there are is counted for each part.
        for query in (query for query in made if not query.startswith("SELECT COUNT(*)")):
            alike[re.sub(r"IN \([^()]*\)|\d+|'[^']*'", "?", query)].append(query)
        repeated = [same[0] for same in alike.values() if len(same) > 1]
        faults = [query for query in repeated if read_whole(query) or ALL_APPROVED in explain(query)]
        assert len(repeated) > 10
        assert not faults, "\n\n".join(f"{query}\n{explain(query)}" for query in faults)
