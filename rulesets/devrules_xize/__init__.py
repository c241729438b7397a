"""《中国共产党发展党员工作细则》, editions 2014 and 2026: the record kinds, the numbers, the rules and their cases."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from devrules.plugin import RulesetSource, hookimpl


@hookimpl
def devrules_rulesets() -> list[RulesetSource]:
    """Offer the national rules."""
    return [RulesetSource(id="xize", path=Path(str(files(__name__))), version="0.1.0", national=True)]
