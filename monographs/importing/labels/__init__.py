"""Drug labels: openFDA's JSON and SPL, the XML of structured product labels, as documents."""

from monographs.importing.labels.openfda import is_openfda, parse_openfda
from monographs.importing.labels.spl import parse_spl

__all__ = ["is_openfda", "parse_openfda", "parse_spl"]
