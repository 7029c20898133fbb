"""Import: from a file to the working copy of a monograph.

outline.py, markdown.py, json_form.py and labels/ describe the forms that are read.
"""

from monographs.importing.apply import apply_document, slug_for
from monographs.importing.document import Document, ImportProblem
from monographs.importing.reading import documents_in, read_documents

__all__ = ["Document", "ImportProblem", "apply_document", "documents_in", "read_documents", "slug_for"]
