"""A record as JSON. importing/json_form.py describes the form."""

import json

from monographs.exporting.unseen import UNSEEN_OR_BREAKS, escaped
from monographs.importing.json_form import FORMAT, VERSION


def as_json(record):
    """Return a record as JSON text, with characters that nobody sees as escapes."""
    text = json.dumps({"format": FORMAT, "version": VERSION, **record}, ensure_ascii=False, indent=2)
    return UNSEEN_OR_BREAKS.sub(escaped, text) + "\n"
