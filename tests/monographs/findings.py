"""Contents for the checklist, and what it finds in them."""

from datetime import date

from monographs.checklist import check

TODAY = date(2027, 5, 3)
PICTURE = "pictures/0123456789abcdef.png"
ADDRESS = f"/media/{PICTURE}"


def reference(key="a-1", **values):
    return {"key": key, "doi": "10.1000/1", "pmid": "", "url": "", "checked_on": "2027-01-01", **values}


def contents(*sources, references=(), **values):
    sections = [
        {"kind": "other", "heading": f"Part {number}", "anchor": f"part-{number}", "source": source}
        for number, source in enumerate(sources or ["Some text."], start=1)
    ]
    whole = {"title": "Ketamine", "summary": "A medicine.", "picture": None, "sections": sections}
    return {**whole, "references": list(references), **values}


def found(*sources, pictures=None, **values):
    return check(contents(*sources, **values), pictures=pictures, today=TODAY)


def codes(*sources, **values):
    return [finding.code for finding in found(*sources, **values)]
