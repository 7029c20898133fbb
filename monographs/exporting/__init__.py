"""Export: from the working copy of a monograph to files that an import reads back to the same text."""

from monographs.exporting.folder import Exported, export_monograph

__all__ = ["Exported", "export_monograph"]
