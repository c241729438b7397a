"""
How to extend devrules.

A complete plugin, which lets an audit read files that end in ``.lines``, one name a line::

    from pathlib import Path

    from devrules.ledger.sheet import Sheet
    from devrules.plugin import hookimpl


    @hookimpl
    def devrules_read_sheets(path: Path) -> list[Sheet] | None:
        if path.suffix != ".lines":
            return None
        rows = [["姓名"], *([line] for line in path.read_text(encoding="utf-8").splitlines())]
        return [Sheet(file=str(path), name=None, rows=rows)]

Pass the module to ``devrules.load(plugins=[module])``, or announce it in its ``pyproject.toml``::

    [project.entry - points.devrules]
    lines = "devrules_lines"
"""

from devrules.plugin.manager import BrokenPlugin, Plugins
from devrules.plugin.specs import RulesetSource, hookimpl, hookspec

__all__ = ["BrokenPlugin", "Plugins", "RulesetSource", "hookimpl", "hookspec"]
