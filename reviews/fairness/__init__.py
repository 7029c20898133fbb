"""The published proof of fairness: how decisions fell, by stars, reason and quarter."""

from reviews.fairness.report import Report, report, usual_wait
from reviews.fairness.statistics import FEWEST, Group, chi_squared_tail, differs_beyond_chance, protect

__all__ = ["FEWEST", "Group", "Report", "chi_squared_tail", "differs_beyond_chance", "protect", "report", "usual_wait"]
