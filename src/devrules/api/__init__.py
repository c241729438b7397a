"""The facade. It alone knows plugins, and hands what they bring downward."""

from devrules.api.impact import Impact
from devrules.api.judged import Audit, Report
from devrules.api.lint import lint_rulesets
from devrules.api.rules import Rules, load

__all__ = ["Audit", "Impact", "Report", "Rules", "lint_rulesets", "load"]
