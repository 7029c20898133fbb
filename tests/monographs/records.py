"""The one reference that a text gives."""

from monographs.references.reading import read_records

DOI = "10.1001/archpsyc.63.8.856"


def only(text):
    (record,) = read_records(text).records
    return record.as_row()
