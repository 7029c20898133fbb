"""Drug labels as openFDA serves them: {"openfda": {…}, "set_id": "…", "indications_and_usage": ["…"], …}.

Each part is one long text, with parts within it listed a second time by themselves, and its tables a second time as
XML. Here every word comes once: what another part contains is left to that part, and a table takes the place of its
words.
"""

from django.utils.translation import gettext as _

from monographs.importing.document import Document, ImportProblem
from monographs.importing.labels.blocks import Box
from monographs.importing.labels.flat_text import FlatTable, blocks_of_flat, flat
from monographs.importing.labels.narrative import Narrative
from monographs.importing.labels.parts import BOXED_FIELD, KIND_OF_FIELD, Part, sections_of
from monographs.importing.labels.product import Product
from monographs.importing.titles import suggest_title
from monographs.importing.value_kinds import UNSTORABLE, shown
from monographs.models import Section
from monographs.rendering import UNSEEN

UNCLASSIFIED = "spl_unclassified_section"
TABLES = "_table"
MAX_TEXTS = 400
"""Each is looked for in all others."""

MIN_CONTAINED = 30
"""Characters. Shorter texts, such as "None.", stand in others by chance."""

ABOUT_ITSELF = {"openfda", "set_id", "id", "version", "effective_time"}


def is_openfda(values):
    """Whether this looks like one label."""
    return isinstance(values, dict) and ("openfda" in values or not KIND_OF_FIELD.keys().isdisjoint(values))


def parse_openfda(path, values, line=None):
    """Read one label, the whole file or what begins at a line of it. Raises ImportProblem."""
    texts = {name: _texts(path, line, name, value) for name, value in values.items() if name not in ABOUT_ITSELF}
    narrative = Narrative()
    parts = _parts(path, line, texts, narrative)
    if not parts:
        raise ImportProblem(path, line, _("This label has no text."))
    product = _product_of(path, line, values)
    if line and not product.title:
        reason = _("This label names no medicine. Put it into a file of its own and give --title.")
        raise ImportProblem(path, line, reason)
    return Document(
        path=path,
        sections=sections_of(parts),
        suggested_title=product.title or suggest_title(path, ""),
        suggested_summary=product.summary,
        details=product.details(),
        notes=(*((line, note) for _line, note in narrative.notes), *((line, note) for note in product.notes)),
        line=line,
    )


def _parts(path, line, texts, narrative):
    all_texts = [(name, text) for name, values in texts.items() if not _is_table(name) for text in map(flat, values)]
    all_texts = [(name, text) for name, text in all_texts if text]
    if len(all_texts) > MAX_TEXTS:
        reason = _("This label has %(count)d parts; %(most)d can be read.")
        raise ImportProblem(path, line, reason % {"count": len(all_texts), "most": MAX_TEXTS})
    kept = [item for index, item in enumerate(all_texts) if not _is_elsewhere(index, all_texts)]
    tables = {
        name: [FlatTable(path, line, table) for table in values] for name, values in texts.items() if _is_table(name)
    }
    parts = []
    for name, text in kept:
        within = [other for _name, other in all_texts if other != text and other in text]
        blocks = blocks_of_flat(text, tables.get(name + TABLES, []), within, narrative)
        parts.append(Part(_kind_of(name), _heading_of(name), [Box(blocks)] if name == BOXED_FIELD else blocks, line))
    for name, own_tables in tables.items():
        name = name.removesuffix(TABLES)
        left = [
            table for table in own_tables if not table.is_placed and not any(table.is_in(text) for _n, text in kept)
        ]
        if blocks := [block for table in left for block in table.blocks(narrative)]:
            parts.append(Part(_kind_of(name), _heading_of(name), blocks, line))
    return parts


def _is_table(name):
    return name.endswith(TABLES)


def _is_elsewhere(index, texts):
    """Whether a text is contained in another part, but not in one of no kind if it has a kind itself."""
    name, text = texts[index]
    kind = _kind_of(name)
    return len(text) >= MIN_CONTAINED and any(
        text in other
        and (kind == Section.Kind.OTHER or _kind_of(other_name) != Section.Kind.OTHER)
        and (text != other or number < index)
        for number, (other_name, other) in enumerate(texts)
        if number != index
    )


def _kind_of(name):
    return KIND_OF_FIELD.get(name, Section.Kind.OTHER)


def _heading_of(name):
    return "" if name == UNCLASSIFIED else name.removeprefix("spl_").replace("_", " ").strip().capitalize()


def _product_of(path, line, values):
    names = values.get("openfda") or {}
    if not isinstance(names, dict):
        raise ImportProblem(path, line, _("“%(name)s” must be an object.") % {"name": "openfda"})

    def of(name):
        return _texts(path, line, name, names.get(name, []))

    (set_id,), (version,), (effective,) = (
        _texts(path, line, name, values.get(name) or "")[:1] or [""] for name in ("set_id", "version", "effective_time")
    )
    return Product(
        generic_names=of("generic_name"),
        brand_names=of("brand_name"),
        substances=of("substance_name"),
        classes=[name.removesuffix(" [EPC]") for name in of("pharm_class_epc")],
        routes=of("route"),
        labellers=of("manufacturer_name"),
        codes=[("UNII", code) for code in of("unii")] + [("RxNorm", code) for code in of("rxcui")],
        set_id=set_id,
        version=version,
        effective=effective,
    )


def _texts(path, line, name, value):
    """Return a value as a list of texts that can be shown. Raises ImportProblem."""
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        reason = _("“%(name)s” must be a text or a list of texts.") % {"name": shown(name)}
        raise ImportProblem(path, line, reason)
    for text in [name, *texts]:
        if unseen := UNSEEN.search(text) or UNSTORABLE.search(text):
            reason = _("“%(name)s” holds the character %(code)s, which cannot be shown on a page. Remove it.")
            raise ImportProblem(path, line, reason % {"name": shown(name), "code": f"U+{ord(unseen[0]):04X}"})
    return texts
