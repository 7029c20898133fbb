"""What changed between two states of a monograph, in words inserted and removed.

Compares contents as `publishing.contents_of` and `Edition.contents` give them. Texts are compared by lines and then
by words within the lines that differ, in bounded time. A number and its decimals are one word, so a dose is never cut.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS = re.compile(r"\d+(?:[.,:/–-]\d+)*[^\W\d_%]*%?|[^\W\d_]+|\s+|.", re.DOTALL)

MOST_LINES, MOST_WORDS = 2_000, 4_000
"""A passage that differs and has more lines or words than this is shown as one block removed and one inserted:
difflib's time grows with the product of the two lengths. Within these bounds the worst section that we know, of 50,000
characters, takes a tenth of a second."""

SAME, REMOVED, INSERTED, LEFT_OUT, TOO_LONG = "same", "removed", "inserted", "left out", "too long"

CONTEXT = 2
"""Lines shown before and after a change; longer passages that are the same are left out."""

LABELS = {
    "title": gettext_lazy("Title"),
    "subtitle": gettext_lazy("Subtitle"),
    "other_names": gettext_lazy("Other names"),
    "summary": gettext_lazy("Summary"),
    "topics": gettext_lazy("Topics"),
    "picture": gettext_lazy("Lead picture"),
    "facts": gettext_lazy("Key facts"),
    "identifiers": gettext_lazy("Identifiers"),
    "references": gettext_lazy("References"),
    "credits": gettext_lazy("Credits of pictures"),
}


@dataclass(frozen=True)
class Change:
    """One part that differs: its name, remarks such as "moved", and its text as (kind, words) pieces."""

    label: str
    pieces: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()


def compare(old, new):
    """Return the list of Changes that lead from `old` to `new`; `old` may be None, when everything is new."""
    old = old or {}
    changes = []
    for name, label in LABELS.items():
        before, after = _as_text(name, old.get(name)), _as_text(name, new.get(name))
        if before != after:
            changes.append(Change(str(label), compare_texts(before, after)))
    return changes + _compare_sections(old.get("sections", []), new["sections"])


def _as_text(name, value):
    """Write a value as lines that an editor recognises."""
    if not value:
        return ""
    match name:
        case "topics":
            return "\n".join(topic["name"] for topic in value)
        case "other_names":
            return "\n".join(value)
        case "picture":
            return "\n".join(filter(None, [value["path"], value["alt"], value["caption"], _credit_line(value)]))
        case "facts":
            return "\n".join(f"{fact['label']}: {fact['value']}" for fact in value)
        case "identifiers":
            return "\n".join(f"{identifier['name']}: {identifier['value']}" for identifier in value)
        case "references":
            return "\n".join(f"[@{reference['key']}] {_reference_line(reference)}" for reference in value)
        case "credits":
            return "\n".join(f"{path}: {_credit_line(data)}" for path, data in value.items())
    return value


def _reference_line(reference):
    parts = [reference[name] for name in ("authors", "title", "source", "year", "doi", "pmid", "url", "checked_on")]
    return ". ".join(str(part) for part in parts if part)


def _credit_line(data):
    return ", ".join(data[name] for name in ("credit", "licence") if name in data)


def _compare_sections(old, new):
    pairs = _pair_sections(old, new)
    moved = _moved(old, pairs)
    changes = []
    for before, after in pairs:
        if before is None:
            pieces = compare_texts("", after["source"])
            changes.append(Change(after["heading"], pieces, (_("new section"),)))
        elif after is None:
            pieces = compare_texts(before["source"], "")
            changes.append(Change(before["heading"], pieces, (_("section removed"),)))
        else:
            remarks = []
            if before["heading"] != after["heading"]:
                remarks.append(_("renamed from “%(heading)s”") % {"heading": before["heading"]})
            if after["anchor"] in moved:
                remarks.append(_("moved"))
            if before["source"] != after["source"] or remarks:
                pieces = abridge(compare_texts(before["source"], after["source"]))
                changes.append(Change(after["heading"], pieces, tuple(remarks)))
    return changes


def _pair_sections(old, new):
    """Pair sections by heading, then standard ones by kind, then by equal text; the rest is new or removed."""
    left, right = list(old), list(new)
    partner = {}
    for same in (
        lambda a, b: a["heading"] == b["heading"],
        lambda a, b: a["anchor"] == b["anchor"],
        lambda a, b: a["source"] == b["source"] and a["source"],
    ):
        for after in right:
            if after["anchor"] in partner:
                continue
            before = next((section for section in left if same(section, after)), None)
            if before:
                left.remove(before)
                partner[after["anchor"]] = before
    return [(partner.get(after["anchor"]), after) for after in right] + [(before, None) for before in left]


def _moved(old, pairs):
    """Return the anchors of the sections that stayed but changed their order."""
    now = [id(before) for before, after in pairs if before and after]
    then = [id(section) for section in old if id(section) in now]
    in_place = {
        then[match.a + offset]
        for match in SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks()
        for offset in range(match.size)
    }
    return {after["anchor"] for before, after in pairs if before and after and id(before) not in in_place}


def compare_texts(old, new):
    """Return the pieces that lead from one text to another, as (kind, words) with neighbours of a kind joined.

    Before a block that was too long to be compared word by word stands a piece (TOO_LONG, sentence that says so).
    """
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    head = _count_same(zip(old_lines, new_lines, strict=False))
    tail = _count_same(zip(reversed(old_lines[head:]), reversed(new_lines[head:]), strict=False))
    old_middle, new_middle = old_lines[head : len(old_lines) - tail], new_lines[head : len(new_lines) - tail]
    pieces = [(SAME, "".join(old_lines[:head]))]
    if max(len(old_middle), len(new_middle)) > MOST_LINES:
        pieces += _as_blocks("".join(old_middle), "".join(new_middle))
    else:
        for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_middle, new_middle).get_opcodes():
            before, after = "".join(old_middle[i1:i2]), "".join(new_middle[j1:j2])
            pieces += [(SAME, before)] if tag == "equal" else _compare_words(before, after)
    return _joined([*pieces, (SAME, "".join(old_lines[len(old_lines) - tail :]))])


def _count_same(pairs):
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _as_blocks(before, after):
    blocks = [(REMOVED, before), (INSERTED, after)]
    if not (before and after):
        return blocks
    words = _("This passage has more than %(words)d words or %(lines)d lines, so it is shown as a whole.")
    return [(TOO_LONG, words % {"words": MOST_WORDS, "lines": MOST_LINES}), *blocks]


def abridge(pieces):
    """Leave out the middle of long passages that are the same; a piece (LEFT_OUT, "") stands for each."""
    short = []
    for place, (kind, words) in enumerate(pieces):
        lines = words.splitlines(keepends=True)
        head = lines[:CONTEXT] if place else []
        tail = lines[-CONTEXT - 1 :] if place < len(pieces) - 1 else []
        if kind == SAME and len(lines) > len(head) + len(tail) + 1:
            short += [(SAME, "".join(head)), (LEFT_OUT, ""), (SAME, "".join(tail))]
        else:
            short.append((kind, words))
    return tuple(piece for piece in short if piece[1] or piece[0] == LEFT_OUT)


def _compare_words(before, after):
    old_words, new_words = WORDS.findall(before), WORDS.findall(after)
    longest = max(len(old_words), len(new_words))
    if longest > MOST_WORDS:
        return _as_blocks(before, after)
    pieces = []
    # autojunk finds worse matches and bounds the time: only long passages need it.
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_words, new_words, autojunk=longest > 500).get_opcodes():
        if tag == "equal":
            pieces.append((SAME, "".join(old_words[i1:i2])))
        else:
            pieces += [(REMOVED, "".join(old_words[i1:i2])), (INSERTED, "".join(new_words[j1:j2]))]
    return pieces


def _joined(pieces):
    joined = []
    for kind, words in pieces:
        if not words:
            continue
        if joined and joined[-1][0] == kind:
            joined[-1] = (kind, joined[-1][1] + words)
        else:
            joined.append((kind, words))
    return tuple(joined)
