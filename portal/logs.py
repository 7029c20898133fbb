"""How log lines look: for people, or as JSON for machines. Neither holds a secret or personal data."""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

from portal.masking import masked

request_id = ContextVar("request_id", default="")
"""The id of the request that is being answered, or ""."""


CONTROL = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160), 0x2028, 0x2029)}


def without_traceback_of_refusals(record):
    """Leave one line of a request that Django refuses, such as for an unknown host: strangers can send many of them.

    A filter for a handler. Where in Django it was refused tells an operator nothing.
    """
    if record.name.startswith("django.security."):
        record.exc_info = None
    return True


def traceback_of(exc_info):
    """Return a traceback without the details of PostgreSQL's errors: they hold the row that it refused."""
    parts = (part.partition("\nDETAIL:  ") for part in traceback.TracebackException(*exc_info).format())
    return "".join(f"{said}\n" if detail else said for said, _start, detail in parts).rstrip("\n")


class TextFormatter(logging.Formatter):
    """A line for people, with the traceback indented below it: nobody can send what looks like a line of its own."""

    def format(self, record):
        record.request_id = request_id.get() or "-"
        return masked(super().format(record))

    def formatMessage(self, record):  # noqa: N802
        record.message = record.message.translate(CONTROL)
        return super().formatMessage(record)

    def formatException(self, exc_info):  # noqa: N802
        return "\n".join(f"    {line}" for line in traceback_of(exc_info).splitlines())


class JSONFormatter(logging.Formatter):
    """One JSON object a line. `extra={"fields": {…}}` of a logging call adds keys."""

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if known := request_id.get():
            line["request_id"] = known
        if record.exc_info:
            line["traceback"] = traceback_of(record.exc_info)
        line |= getattr(record, "fields", {})
        return masked(json.dumps(line, ensure_ascii=False, default=str))
