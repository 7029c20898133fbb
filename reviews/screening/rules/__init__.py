"""All rules by name: each file here is one, and a new file is a new rule."""

from importlib import import_module
from pkgutil import iter_modules

from reviews.screening.rule import Rule


def _all_rules():
    rules = [import_module(f"{__name__}.{module.name}").RULE for module in iter_modules(__path__)]
    return {
        rule.name: rule for rule in sorted(rules, key=lambda rule: (rule.name != "crisis", -rule.weight, rule.name))
    }


RULES: dict[str, Rule] = _all_rules()


def label_of(name):
    """Return what moderators call a rule. A stored finding outlives its rule; then it is the bare name."""
    return str(RULES[name].label) if name in RULES else name
