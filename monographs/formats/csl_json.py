"""CSL-JSON, the data of the Citation Style Language, which Zotero, Pandoc and doi.org understand."""

import json

from monographs.formats.work import work_of


def as_csl_json(edition):
    """Return a list with one item."""
    work = work_of(edition)
    date = work.published_on
    item = {
        "id": work.key,
        "type": "webpage",
        "title": work.title,
        "author": [{"literal": work.publisher}],
        "issued": {"date-parts": [[date.year, date.month, date.day]]},
        "version": str(work.number),
        "container-title": work.publisher,
        "publisher": work.publisher,
        "URL": work.url,
        "abstract": work.abstract,
        "keyword": ", ".join(work.keywords),
        "language": work.language,
    }
    return json.dumps([{key: value for key, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"
