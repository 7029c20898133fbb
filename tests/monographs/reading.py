"""What tests of importing have in common."""

from monographs.importing import ImportProblem, read_documents


def read_document(path):
    """Return the only document of a file. Raises the ImportProblem of it."""
    (document,) = read_documents(path)
    if isinstance(document, ImportProblem):
        raise document
    return document
