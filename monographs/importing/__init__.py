"""Import: from a text file to the working copy of a monograph. outline.py and markdown.py describe the two forms."""

from monographs.importing.apply import apply_document, slug_for
from monographs.importing.document import Document, ImportProblem
from monographs.importing.reading import read_document

__all__ = ["Document", "ImportProblem", "apply_document", "read_document", "slug_for"]
