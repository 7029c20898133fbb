"""Two people changed one text: what each changed, and one form that holds the work of both.

Where only the others changed something, the form takes it over, since nothing was typed there. Where both did, the
form keeps what was typed, and the difference is told.
"""

from dataclasses import dataclass, replace
from enum import Enum

from monographs.admin.sheets import Row


class Who(Enum):
    """Whose change it is."""

    OTHERS = "others"
    SENDER = "sender"
    BOTH = "both"


class What(Enum):
    """What was changed in a row: the text of one field, or the row itself."""

    TEXT = "text"
    ADDED = "added"
    REMOVED = "removed"
    ORDER = "order"


@dataclass(frozen=True)
class Difference:
    """One change since the form was opened. `name` is that of a field; `stored` and `sent` are its two values, and
    `opened` is the digest of the one that both started from.
    """

    who: Who
    what: What
    group: str
    row: Row | None = None
    name: str = ""
    stored: tuple[str, ...] = ()
    sent: tuple[str, ...] = ()
    opened: str = ""


@dataclass
class Merge:
    """Rows of each group in their order, and every difference."""

    rows: dict[str, list[Row]]
    differences: list[Difference]

    def by(self, *who):
        return [difference for difference in self.differences if difference.who in who]


def merge(opened, stored, sent):
    """Merge two sheets; `opened` has the digests of the sheet that the sender started from."""
    merged = Merge({}, [])
    for group, rows in stored.items():
        _GroupMerge(merged, group, opened.get(group, {}), rows, sent.get(group, [])).run()
    return merged


class _GroupMerge:
    """The merge of one group of rows, such as the sections."""

    def __init__(self, merged, group, opened, stored, sent):
        self.merged = merged
        self.group = group
        now = _keys_now(opened, stored)
        self.opened = {now.get(key, key): digests for key, digests in opened.items()}
        self.stored = {row.key: row for row in stored}
        self.sent = {row.key: row for row in (replace(row, key=now.get(row.key, row.key)) for row in sent)}

    def run(self):
        kept = {}
        for key in [*self.sent, *(key for key in self.stored if key not in self.sent)]:
            row = self._row(self.stored.get(key), self.sent.get(key), self.opened.get(key))
            if row:
                kept[key] = row
        self.merged.rows[self.group] = [kept[key] for key in self._order(kept)]

    def _row(self, stored, sent, opened):
        if sent is None:
            if opened is None:
                self._differ(Who.OTHERS, What.ADDED, stored)
            return stored
        if stored is None:
            return self._row_not_stored(sent, opened)
        if sent.is_removed:
            is_changed = opened is not None and stored.digests != opened
            self._differ(Who.BOTH if is_changed else Who.SENDER, What.REMOVED, sent)
        return self._fields(stored, sent, opened or {})

    def _row_not_stored(self, sent, opened):
        """A row that the sender added, or that others removed: what was typed in it stays, as a new row."""
        if not sent.is_stored:
            self._differ(Who.SENDER, What.ADDED, sent)
            return sent
        is_typed = opened is None or any(opened.get(name) != digest for name, digest in sent.digests.items())
        if sent.is_removed or not is_typed:
            self._differ(Who.OTHERS, What.REMOVED, sent)
            return None
        self._differ(Who.BOTH, What.REMOVED, sent)
        return replace(sent, is_stored=False)

    def _fields(self, stored, sent, opened):
        values = {}
        for name, digest in stored.digests.items():
            values[name] = stored.values[name]
            if sent.digests.get(name, digest) == digest:
                continue
            is_typed, is_changed = opened.get(name) != sent.digests[name], opened.get(name) != digest
            if is_typed:
                values[name] = sent.values[name]
            who = Who.BOTH if is_typed and is_changed else Who.SENDER if is_typed else Who.OTHERS
            both = {"stored": stored.values[name], "sent": sent.values[name]}
            self._differ(who, What.TEXT, stored, name=name, **both, opened=opened.get(name, ""))
        return replace(stored, values=values, is_removed=sent.is_removed)

    def _order(self, kept):
        """Return the keys in the order that somebody chose; the sender's, if both did."""
        by_others = _is_reordered(self.opened, self.stored)
        by_sender = _is_reordered(self.opened, self.sent)
        if by_others and by_sender:
            is_same = not _is_reordered(self.sent, self.stored)
            by_others, by_sender = not is_same, not is_same
        if by_others or by_sender:
            self._differ(Who.BOTH if by_others and by_sender else Who.OTHERS if by_others else Who.SENDER, What.ORDER)
        first, second = (self.stored, self.sent) if by_others and not by_sender else (self.sent, self.stored)
        order = [key for key in first if key in kept]
        before = None
        for key in second:
            if key not in kept:
                continue
            if key not in order:
                order.insert(order.index(before) + 1 if before else 0, key)
            before = key
        return order

    def _differ(self, who, what, row=None, **values):
        self.merged.differences.append(Difference(who, what, self.group, row, **values))


def _keys_now(opened, stored):
    """Find rows that were stored anew with the same text, as an import does; return {key then: key now}."""
    now, added = {}, [row for row in stored if row.key not in opened]
    kept = {row.key for row in stored}
    for key, digests in opened.items():
        same = key not in kept and next((row for row in added if row.digests == digests), None)
        if same:
            added.remove(same)
            now[key] = same.key
    return now


def _is_reordered(keys, other_keys):
    """Whether the keys that both have stand in another order."""
    return [key for key in keys if key in other_keys] != [key for key in other_keys if key in keys]
