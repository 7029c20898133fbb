"""Which tables an archive holds, and how a row is written down and read back."""

import json
from itertools import islice

from django.db import DEFAULT_DB_ALIAS, connection, models

PASSING = {
    "sessions.session",  # whoever had the archive could act as somebody who is logged in
    "monographs.editing",  # who has a form open
    "monographs.passage",  # the search index, which is made again
    "monographs.indexedname",
    "monographs.pageframe",  # made again too
    "reviews.indexedreview",
    "axes.accessattempt",
    "axes.accessattemptexpiration",
    "axes.accessfailurelog",
    "axes.accesslog",
}
"""What a restored site does without."""

AT_ONCE = 500
"""Rows that are kept in memory at a time."""


def tables_of(apps):
    """Return {label: model} of every table that an archive holds; `apps` may be those of an earlier migration."""
    return {label: model for label, model in all_tables(apps).items() if label not in PASSING}


def all_tables(apps):
    """Return {label: model} of every table, those between many-to-many relations included."""
    found = (model for model in apps.get_models(include_auto_created=True) if model._meta.managed)
    return {model._meta.label_lower: model for model in found if not model._meta.proxy}


def columns_of(model):
    """Return the stored fields of a model, in a lasting order."""
    fields = (field for field in model._meta.local_concrete_fields if not field.generated)
    return sorted(fields, key=lambda field: field.attname)


def lines_of(model):
    """Return the rows of a table as JSON lines, by primary key."""
    fields = columns_of(model)
    for row in model._base_manager.order_by("pk").iterator(chunk_size=AT_ONCE):
        # Sorted keys, because PostgreSQL does not keep the order of the keys in a JSON column.
        yield json.dumps([_written(field, row) for field in fields], ensure_ascii=False, sort_keys=True) + "\n"


def store(model, lines):
    """Insert the rows that these lines hold, as they are: no verb, no default and no clock has a say."""
    fields = columns_of(model)
    rows = (
        model(**{field.attname: _read(field, value) for field, value in zip(fields, json.loads(line), strict=True)})
        for line in lines
    )
    while batch := list(islice(rows, AT_ONCE)):
        size = connection.ops.bulk_batch_size(fields, batch)
        for start in range(0, len(batch), size):
            model._base_manager._insert(batch[start : start + size], fields=fields, using=DEFAULT_DB_ALIAS, raw=True)


def _written(field, row):
    value = getattr(row, field.attname)
    if value is None or isinstance(value, bool | int | float | str) or isinstance(field, models.JSONField):
        return value
    return field.value_to_string(row)


def _read(field, value):
    if value is None or isinstance(field, models.JSONField):
        return value
    return field.to_python(value)
