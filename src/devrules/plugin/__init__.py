"""
How to extend devrules.

A complete plugin, which lets an audit read files that end in ``.lines``: a line names
a person and, where it is known, the day of application::

    from pathlib import Path

    from devrules.ledger.sheet import Sheet
    from devrules.plugin import hookimpl


    @hookimpl
    def devrules_read_sheets(path: Path) -> list[Sheet] | None:
        if path.suffix != ".lines":
            return None
        people = [line.partition(" ") for line in path.read_text(encoding="utf-8").splitlines()]
        rows = [["姓名", "申请入党日期"], *([name, day or None] for name, _, day in people)]
        return [Sheet(file=str(path), name=None, rows=rows)]

Pass the module to ``devrules.load(plugins=[module])``, or announce it in its ``pyproject.toml``::

    [project.entry-points."devrules"]
    lines = "devrules_lines"
"""

from devrules.plugin.manager import BrokenPlugin, Plugins
from devrules.plugin.specs import RulesetSource, hookimpl, hookspec

__all__ = ["BrokenPlugin", "Plugins", "RulesetSource", "hookimpl", "hookspec"]
