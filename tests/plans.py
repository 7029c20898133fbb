"""Which tables a database would read as a whole to answer a query, judged from its plan on a few rows."""

import json
import re
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

SMALL = {"monographs_topic", "monographs_editing", "reviews_figure", "reviews_card"}
"""Tables that may be read as a whole: topics, who has a form open, some rows a quarter, and what waits."""

OF_FEW = {"letter_due", "request_open_once_per_monograph", "appeal_one_open_per_review"}
"""Indexes of few rows by themselves: letters not sent yet, requests and appeals that nobody has answered."""

TO_MANY = re.compile(r"SEARCH (\w+) USING (?:COVERING )?INDEX reviews_review_(?:monograph|edition)_id_\w+ ")
"""How SQLite says that it reads all reviews of a monograph or an edition, which may be most of the table."""

READS_ALL_BELOW = {"Sort", "Aggregate", "Hash", "Materialize", "Unique"}
FEW_ROWS_MISLEAD = ("seqscan", "indexonlyscan", "hashjoin", "mergejoin", "material")
"""Ways that PostgreSQL prefers on small tables whatever the indexes, and leaves alone where an index serves."""


@contextmanager
def queries():
    """Collect the queries that are made inside, as SQL that can be explained."""
    found = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    # What the search sets before a query stands in one message with it.
    statements = [query["sql"].rpartition("enable_seqscan = off; ")[2] for query in captured]
    found += [each for each in statements if each.startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE"))]


def read_whole(query):
    """Return the large tables of which no index leads to the rows, and which nothing ends early."""
    tables = _on_sqlite(query) if connection.vendor == "sqlite" else _on_postgresql(query)
    return {table for table in tables if table.startswith(("monographs_", "reviews_"))} - SMALL


def explain(query):
    """Return the plan as text."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{query}")
        return "\n".join(row[-1] for row in cursor)


def _on_sqlite(query):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query}")
        steps = [(parent, step) for _id, parent, _unused, step in cursor]
    tables = set()
    for part, step in steps:
        match = re.match(r"SCAN (\w+)\b(?! VIRTUAL)(?: USING(?: COVERING)? INDEX (\w+))?", step)
        # What is read in order is read no further than one page.
        is_page = "LIMIT" in query and (part, "USE TEMP B-TREE FOR ORDER BY") not in steps
        to_many = TO_MANY.match(step)
        if to_many or (match and match[2] not in OF_FEW and not is_page):
            tables.add(_table((to_many or match)[1], query))
    return tables


def _table(alias, query):
    """Return the table that an alias of Django's, such as U0, stands for."""
    match = re.search(rf'"(\w+)" {alias}\b', query)
    return match[1] if match else alias


def _on_postgresql(query):
    # Few rows tempt it to sort what an index has in order, or to read a whole index in order for what another leads to.
    # Where one of these plans has no such fault, an index serves.
    return set.intersection(*(_on_postgresql_without(query, way) for way in ((), ["sort"], ["indexscan"])))


def _on_postgresql_without(query, way):
    ways = (*FEW_ROWS_MISLEAD, *way)
    with connection.cursor() as cursor:
        # The plan of what is prepared may be older; and those that are made now are for nothing else.
        cursor.execute("; ".join(["DISCARD PLANS", *(f"SET LOCAL enable_{each} = off" for each in ways)]))
        cursor.execute(f"EXPLAIN (FORMAT JSON) {query}")
        plan = cursor.fetchone()[0]
        cursor.execute("; ".join(["DISCARD PLANS", *(f"SET LOCAL enable_{each} = on" for each in ways)]))
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return set(_whole_reads(plan[0]["Plan"], ends_early=False))


def _whole_reads(node, *, ends_early):
    kind = node["Node Type"]
    if kind == "Limit":
        ends_early = True
    elif kind in READS_ALL_BELOW:
        ends_early = False
    is_led = "Index Cond" in node or kind.startswith("Bitmap") or node.get("Index Name") in OF_FEW
    is_page = ends_early and (kind.startswith("Index") or "Filter" not in node)
    if "Relation Name" in node and "Scan" in kind and not (is_led or is_page):
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from _whole_reads(child, ends_early=ends_early)
