"""Editions in the formats that machines read: one small module for each, and this list of them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from monographs.formats.bibtex import as_bibtex
from monographs.formats.csl_json import as_csl_json
from monographs.formats.edition_json import as_json
from monographs.formats.fhir import as_fhir
from monographs.formats.markdown import as_markdown
from monographs.formats.ris import as_ris
from monographs.models import Edition


@dataclass(frozen=True)
class Format:
    """One format: how its addresses end, its media type, its name, and what writes an Edition in it.

    `write` returns None for an edition that the format cannot hold. A citation is saved as a file, because people open
    it in another program.
    """

    ending: str
    media_type: str
    name: str
    write: Callable[[Edition], str | None]
    is_citation: bool = False


FORMATS = {
    form.ending: form
    for form in (
        Format("json", "application/json", "JSON", as_json),
        Format("md", "text/markdown; charset=utf-8", _("Markdown with front matter"), as_markdown),
        Format("fhir.json", "application/fhir+json", "FHIR R5 ePI", as_fhir),
        Format("bib", "application/x-bibtex; charset=utf-8", "BibTeX", as_bibtex, is_citation=True),
        Format("ris", "application/x-research-info-systems; charset=utf-8", "RIS", as_ris, is_citation=True),
        Format("csl.json", "application/vnd.citationstyles.csl+json", "CSL-JSON", as_csl_json, is_citation=True),
    )
}
