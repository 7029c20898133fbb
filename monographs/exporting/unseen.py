"""Characters that nobody sees, and those that editors take for the end of a line, as the escapes of JSON and TOML."""

import re

from monographs.rendering import UNSEEN

UNSEEN_OR_BREAKS = re.compile(f"{UNSEEN.pattern}|[\u2028\u2029]")


def escaped(match):
    return f"\\u{ord(match[0]):04x}"
