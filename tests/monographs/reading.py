"""What tests of importing have in common."""

from io import StringIO

from django.core.management import CommandError, call_command
from hypothesis import strategies as st

from monographs.importing import ImportProblem, read_documents


def read_document(path):
    """Return the only document of a file. Raises the ImportProblem of it."""
    (document,) = read_documents(path)
    if isinstance(document, ImportProblem):
        raise document
    return document


def run(*files, **options):
    """Return (lines on stdout, lines on stderr, the message of the failure or None)."""
    out, err, failure = StringIO(), StringIO(), None
    try:
        call_command("import_monograph", *files, stdout=out, stderr=err, **options)
    except CommandError as error:
        failure = str(error)
    return out.getvalue().splitlines(), err.getvalue().splitlines(), failure


@st.composite
def damaged(draw, content):
    """Draw what is left of a file when bytes here and there are lost or others."""
    content = bytearray(content)
    for _turn in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        content[start : start + draw(st.integers(0, 40))] = draw(st.binary(max_size=6))
    return bytes(content)
