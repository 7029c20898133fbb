"""Are the rules of the screening right? What moderators decided where each had fired, and where it had not."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reviews.fairness.statistics import Group, differs_beyond_chance
from reviews.models import Decision, Figure
from reviews.screening import RULES, label_of

KIND = Figure.Kind
COUNTED = (KIND.WORDING, KIND.CAUGHT, KIND.PASSED)


@dataclass(frozen=True)
class RuleFigures:
    """One rule on the site's own decisions about wordings: those in which it had fired, and all others."""

    name: str
    fired: Group
    others: Group

    @property
    def label(self):
        return label_of(self.name)

    @property
    def rule(self):
        """The Rule itself, or None for one that is gone."""
        return RULES.get(self.name)

    @property
    def judgement(self):
        """What the figures say of the rule, in words."""
        difference = differs_beyond_chance([self.fired, self.others])
        if difference is None:
            return _("Too few decisions to tell.")
        if not difference:
            return _("It makes no difference that is seen.")
        if self.fired.refused_share > self.others.refused_share:
            return _("It fires more often on what is refused.")
        return _("It fires more often on what is approved: it may be a bad rule.")


def rule_figures():
    """Return the RuleFigures of each rule that there is or was. One query, however many decisions there are."""
    counts = {}
    rows = Figure.objects.filter(kind__in=COUNTED).exclude(count=0).values_list("kind", "name", "count")
    for kind, name, count in rows:
        counts[kind, name] = counts.get((kind, name), 0) + count
    approved = counts.get((KIND.WORDING, Decision.Verdict.APPROVED), 0)
    refused = sum(count for (kind, _name), count in counts.items() if kind == KIND.WORDING) - approved
    names = [*RULES, *sorted({name for kind, name in counts if kind != KIND.WORDING} - set(RULES))]
    figures = []
    for name in names:
        passed, caught = counts.get((KIND.PASSED, name), 0), counts.get((KIND.CAUGHT, name), 0)
        figures.append(RuleFigures(name, Group(name, passed, caught), Group("", approved - passed, refused - caught)))
    return figures
