"""A file that is applied to a working copy, and what stands in the way."""

import pytest

from monographs.importing import ImportProblem, apply_document
from tests.monographs.reading import read_document

FRONT_MATTER = """+++
title = "Ketamine"
subtitle = "An anaesthetic"
other_names = ["Ketalar", "Esketamine"]
summary = "A medicine."
topics = ["Pain medicines", "Anaesthetics"]

[lead_picture]
file = "pictures/formula.png"
alt = "The formula."
caption = "Ketamine"

[[facts]]
label = "Class"
value = "Anaesthetic"

[[facts]]
label = "Given by"
value = "Vein"

[[identifiers]]
register = "CAS"
value = "6740-88-1"

[[references]]
key = "green2011"
authors = "Green SM"
year = 2011
title = "Guideline"
source = "Annals"
checked_on = 2026-05-31
+++

## Medical uses

Pain.[@green2011]

![A diagram](pictures/block.png "How it works")

## History

It is old.
"""


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def bring_in(path, **options):
    return apply_document(read_document(path), **options)


def problem_of(path, **options):
    with pytest.raises(ImportProblem) as caught:
        bring_in(path, **options)
    return caught.value


def outline(tmp_path, text):
    path = tmp_path / "medicine.txt"
    path.write_text(text)
    return path
