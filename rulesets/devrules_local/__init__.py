"""Examples of local overlays: an invented province and an invented university."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from devrules.plugin import RulesetSource, hookimpl


@hookimpl
def devrules_rulesets() -> list[RulesetSource]:
    """Offer the province and the university."""
    here = Path(str(files(__name__)))
    return [
        RulesetSource(id="local-example-province", path=here / "province", version="0.1.0"),
        RulesetSource(id="local-example-university", path=here / "university", version="0.1.0"),
    ]
