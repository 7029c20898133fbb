"""Texts that people typed, made fit for formats that want one line of characters which XML allows."""

import re

from monographs.rendering import UNSEEN

NOT_IN_XML = re.compile(f"{UNSEEN.pattern}|[\ufffe\uffff]")


def one_line(text):
    """Return a text without line breaks and without characters that nobody sees, with single spaces."""
    return " ".join(NOT_IN_XML.sub("", text).split())
