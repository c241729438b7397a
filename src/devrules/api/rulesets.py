"""The rulesets that plugins bring."""

from __future__ import annotations

from collections.abc import Sequence

from devrules.errors import UsageError
from devrules.plain import nearest
from devrules.plugin import Plugins, RulesetSource
from devrules.ruleset.from_toml import load_ruleset
from devrules.ruleset.model import Ruleset


def sources_of(plugins: Plugins) -> list[RulesetSource]:
    """List everything that plugins offer."""
    return [one for offered in plugins.call("devrules_rulesets") for one in offered]


def overlay_of(sources: Sequence[RulesetSource], overlay: str) -> RulesetSource:
    """
    Find an overlay by its id.

    Raises:
        UsageError: When there is none.
    """
    known = {source.id: source for source in sources if not source.national}
    if overlay not in known:
        hint = nearest(overlay, known) or f"there are: {', '.join(sorted(known)) or 'none'}"
        raise UsageError(f"there is no overlay {overlay!r}; {hint}")
    return known[overlay]


def loaded(source: RulesetSource) -> Ruleset:
    """
    Read a ruleset that a plugin offers.

    Raises:
        InvalidRuleset: With everything that is wrong with it.
    """
    return load_ruleset(source.path, ruleset_id=source.id, version=source.version, national=source.national)
