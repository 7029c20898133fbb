"""Everything that the checklist found in one text."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monographs.checklist.finding import Finding, Severity
from monographs.checklist.reading_age import Reading


@dataclass
class Checklist:
    """Everything found in one text. `readings` are (heading, Reading) of its sections in order."""

    findings: list[Finding] = field(default_factory=list)
    readings: list[tuple[str, Reading]] = field(default_factory=list)

    @property
    def errors(self):
        return [finding for finding in self.findings if finding.is_error]

    @property
    def warnings(self):
        return [finding for finding in self.findings if not finding.is_error]

    @property
    def groups(self):
        """(Severity, heading, findings) of errors and of warnings, where there are any."""
        groups = (
            (Severity.ERROR, _("To mend before it can be published"), self.errors),
            (Severity.WARNING, _("Worth a look"), self.warnings),
        )
        return [group for group in groups if group[2]]

    @property
    def summary(self):
        """The numbers of errors and warnings in words."""
        errors, warnings = len(self.errors), len(self.warnings)
        parts = []
        if errors:
            parts.append(ngettext("%(count)d error", "%(count)d errors", errors) % {"count": errors})
        if warnings:
            parts.append(ngettext("%(count)d warning", "%(count)d warnings", warnings) % {"count": warnings})
        return ", ".join(parts) or _("nothing found")

    @property
    def reading(self):
        """The Reading of all sections together."""
        return sum((reading for _heading, reading in self.readings), Reading())
