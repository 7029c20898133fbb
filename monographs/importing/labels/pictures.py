"""The pictures of an SPL document: files beside it, with what its text says about them."""

from django.utils.translation import ngettext

from monographs.importing.document import ImportProblem
from monographs.importing.pictures import file_named


class PicturesBeside:
    """Finds the pictures that the text of a label refers to by the names of media elements."""

    def __init__(self, path, root):
        self.path, self.missing = path, set()
        self.media = {media.get("ID"): media for media in root.below("observationMedia")}

    def named(self, name):
        """Return (file name, description, whether the file is there); ("", "", False) for a name nobody gave."""
        media = self.media.get(name)
        reference = media and media.one("value", "reference")
        if not reference or not reference.get("value"):
            return "", "", False
        file, text = reference.get("value"), media.one("text")
        try:
            file_named(self.path, media.line, file)
        except ImportProblem:
            self.missing.add(file)
            return file, text.text if text else "", False
        return file, text.text if text else "", True

    def notes(self):
        """Return notes about pictures that are not there: the text names them instead."""
        if not self.missing:
            return []
        words = ngettext(
            "%(count)d picture is not beside this file; the text names it instead.",
            "%(count)d pictures are not beside this file; the text names them instead.",
            len(self.missing),
        )
        return [(None, words % {"count": len(self.missing)})]
