"""Rules to a folder of pages, and the comparison of such a folder with what it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from devrules.api import Rules
from devrules.reference.changes_page import changes_page, name_of, successions
from devrules.reference.index_page import index_page
from devrules.reference.markdown import GENERATED
from devrules.reference.rule_page import rule_page


def pages_of(rules: Rules) -> dict[str, str]:
    """Write every page: file name to text."""
    pages = {"index.md": index_page(rules)}
    pages |= {name_of(new): changes_page(rules, regulation, old, new) for regulation, old, new in successions(rules)}
    return pages | {f"{compiled.id}.md": rule_page(rules, compiled) for compiled in rules.compiled}


def differences(folder: Path, pages: Mapping[str, str]) -> Iterator[str]:
    """Yield, in a line each, the files of *folder* that are not as *pages* say: missing, different, left over."""
    for name, text in pages.items():
        file = folder / name
        if not file.is_file():
            yield f"{file}: is missing"
        elif file.read_text(encoding="utf-8") != text:
            yield f"{file}: differs"
    yield from (f"{file}: is left over" for file in _left_over(folder, pages))


def write(folder: Path, pages: Mapping[str, str]) -> None:
    """Write *pages* into *folder*, and strike the pages of rules that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for file in _left_over(folder, pages):
        file.unlink()


def _left_over(folder: Path, pages: Mapping[str, str]) -> list[Path]:
    files = sorted(folder.glob("*.md"))
    return [file for file in files if file.name not in pages and file.read_text(encoding="utf-8").startswith(GENERATED)]
