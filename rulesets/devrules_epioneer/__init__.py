"""The two operating manuals of 发展党员全程记实, as overlays: what each gate wants present and complete."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from devrules.plugin import RulesetSource, hookimpl


@hookimpl
def devrules_rulesets() -> list[RulesetSource]:
    """Offer the manual of 2018 and that of 2023."""
    here = Path(str(files(__name__)))
    return [
        RulesetSource(id="epioneer-2018", path=here / "epioneer_2018", version="0.1.0"),
        RulesetSource(id="epioneer-2023", path=here / "epioneer_2023", version="0.1.0"),
    ]
