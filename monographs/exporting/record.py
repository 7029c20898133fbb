"""A working copy or an edition as plain data, by the names of importing/stated_keys.py; and what a file says."""

from django.conf import settings
from django.utils.text import slugify

from monographs.importing.headings import kinds_of
from monographs.importing.pictures import with_stored_pictures
from monographs.models import Picture
from monographs.publishing import contents_of

ROWS = {
    "topics": ("name", "slug"),
    "facts": ("label", "value"),
    "identifiers": ("register", "value"),
    "references": ("key", "authors", "year", "title", "source", "doi", "pmid", "url", "checked_on"),
}
PICTURE = ("file", "alt", "caption")
CREDIT = ("credit", "licence", "licence_url")


def record_of(monograph):
    """Return the working copy as a record."""
    return record_in(contents_of(monograph), slug=monograph.slug)


def record_in(contents, *, slug):
    """Return contents, as an Edition freezes them, as a record; `pictures` lists those that its texts name."""
    picture = contents["picture"]
    pictures = Picture.objects.named_in(contents["sections"]) if contents["sections"] else []
    return {
        "slug": slug,
        **{name: contents[name] for name in ("title", "subtitle", "other_names")},
        "summary": _before_storing(contents["summary"]),
        "lead_picture": picture and {"file": picture["path"], "alt": picture["alt"], "caption": picture["caption"]},
        **{name: [{key: row[key] for key in keys} for row in contents[name]] for name, keys in ROWS.items()},
        "sections": [
            {"kind": section["kind"], "heading": section["heading"], "text": _before_storing(section["source"])}
            for section in contents["sections"]
        ],
        "credits": [
            {"file": path, **{key: data.get(key, "") for key in CREDIT}} for path, data in _credits_of(contents)
        ],
        "pictures": [
            {"address": settings.MEDIA_URL + picture.file.name, "file": picture.file.name}
            for picture in sorted(pictures, key=lambda picture: picture.file.name)
        ],
    }


def _credits_of(contents):
    """Return (path, credit) of the pictures of contents whose maker or licence is known, by their paths."""
    lead = contents["picture"]
    found = {**contents.get("credits", {}), **({lead["path"]: lead} if lead and lead.keys() & set(CREDIT) else {})}
    return sorted(found.items())


def _before_storing(text):
    """Return a text that is stored as this one. Carriage returns before line feeds are dropped there."""
    return text.replace("\r\n", "\r\r\n")


def comparable(record):
    """Return what a record says, without that which says how its files are named."""
    sections = [{**section, "text": _as_stored(section["text"])} for section in record["sections"]]
    return {**record, "summary": _as_stored(record["summary"]), "sections": sections, "pictures": None}


def _as_stored(text):
    return text.replace("\r\n", "\n")


def record_from(document):
    """Return what a document says, as `comparable` does, its pictures taken for this site’s. Raises ImportProblem."""
    details = document.details
    kinds = kinds_of(section.heading for section in document.sections)
    return {
        "slug": document.slug,
        "title": document.title,
        "subtitle": details.subtitle,
        "other_names": list(details.other_names),
        "summary": _as_stored(document.summary or ""),
        "lead_picture": details.lead_picture and {key: details.lead_picture.values.get(key, "") for key in PICTURE},
        **{name: [_row(row.values, keys) for row in getattr(details, name)] for name, keys in ROWS.items()},
        "sections": [
            {"kind": section.kind or kind, "heading": section.heading, "text": _text_of(document, section)}
            for section, kind in zip(document.sections, kinds, strict=True)
        ],
        "credits": [_row(row.values, ("file", *CREDIT)) for row in details.credits],
        "pictures": None,
    }


def _row(values, keys):
    """Return values as a record has them: empty text for none, but no date for none, and dates as text."""
    row = {key: values.get(key, "") for key in keys}
    if "checked_on" in row:
        row["checked_on"] = row["checked_on"].isoformat() if row["checked_on"] else None
    if "slug" in row:
        row["slug"] = row["slug"] or slugify(row["name"])
    return row


def _text_of(document, section):
    if document.is_exact:
        return _as_stored(section.body)
    return with_stored_pictures(document.path, section, address_of=lambda name, line: settings.MEDIA_URL + name)
