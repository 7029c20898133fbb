"""RIS, which reference managers import: lines of two letters, two spaces, a hyphen and a value."""

from monographs.formats.work import work_of


def as_ris(edition):
    """Return one record of type ELEC, a page on the web. The comma after a name says that it is an organisation."""
    work = work_of(edition)
    fields = [
        ("TY", "ELEC"),
        ("ID", work.key),
        ("TI", work.title),
        ("AU", f"{work.publisher},"),
        ("PY", f"{work.published_on:%Y}"),
        ("DA", f"{work.published_on:%Y/%m/%d}"),
        ("ET", work.number),
        ("PB", work.publisher),
        ("UR", work.url),
        ("AB", work.abstract),
        *(("KW", keyword) for keyword in work.keywords),
        ("LA", work.language),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*fields, ("ER", "")] if value or tag == "ER")
