"""
Write the tables of the reference pages anew, from the rulesets and the classes that they describe.

    python docs/make_tables.py           writes them
    python docs/make_tables.py --check   tells whether they are up to date

A table stands between two comments, ``<!-- table: rules -->`` and ``<!-- end of table -->``.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date
from pathlib import Path

import attrs
from process_tables import ProcessTables

import devrules
from devrules.days import Day
from devrules.dossier.model import Dossier, Member, Organisation, Person, Sanction, Source
from devrules.dossier.shapes import SHAPES, Attachment, Record
from devrules.findings import words
from devrules.findings.cited import cited_text, regulations_of
from devrules.report.text import audit_text, report_text
from devrules.ruleset.model import Rule

DOCS = Path(__file__).parent
PAGES = (*DOCS.parent.glob("README*.md"), *DOCS.rglob("*.md"))
TABLE = re.compile(r"(<!-- table: (?P<name>[a-z-]+) -->\n).*?(<!-- end of table -->)", re.DOTALL)
COUNT = re.compile(r"\b\d+(?= rules\b)|\d+(?= 条规则)")
TYPES = {
    "Mapping": "object",
    **{cls.__name__: cls.__name__.lower() for cls in (Attachment, Sanction, Member, Organisation, Person, Source, Day)},
    "bool": "yes/no",
    "int": "number",
    "str": "text",
    "Literal": "text",
}
RULES = devrules.load()
LEDGER = DOCS / "examples" / "ledger.xlsx"
AS_OF = date(2026, 11, 21)
SHOWN = ("陶知远", "夏初临", "施雨桐", "葛木生")
"""Whom the sample in README shows: a red lamp, a trap, a transition, a vote."""


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table in Markdown."""
    titles = tuple(headings)
    lines = [titles, ["---"] * len(titles), *rows]
    return "".join(f"| {' | '.join(str(cell).replace('|', '/') for cell in line)} |\n" for line in lines)


def rules() -> str:
    """Every rule: its id, how binding it is, where it stands, what it says."""
    editions = next(regulations_of(RULES.rulesets)).editions
    return table(
        ("rule", "strength", *(f"{edition.en}, article" for edition in editions), "elsewhere", "what it says", "内容"),
        (
            (
                f"`{one.id}`",
                words.STRENGTHS[one.rule.strength].en,
                *(
                    ", ".join(dict.fromkeys(c.article for c in one.rule.citations.get(e.id, ()))) or "–"
                    for e in editions
                ),
                ", ".join(elsewhere(one.rule, {edition.id for edition in editions})),
                one.rule.title.en,
                one.rule.title.zh,
            )
            for one in RULES.compiled
        ),
    )


def elsewhere(rule: Rule, own: Container[str]) -> Iterable[str]:
    """Where a rule stands in other regulations, each place once."""
    cited = (*(one for found in rule.citations.values() for one in found), *rule.also)
    return dict.fromkeys(
        cited_text(RULES.rulesets, one.edition, one.article, "en") for one in cited if one.edition not in own
    )


def kinds() -> str:
    """Every kind of record."""
    return table(
        ("kind", "中文", "English", "shape", "step", "which counts", "stand-in", "does not count", "takes over"),
        (
            (
                f"`{kind.id}`",
                kind.zh,
                kind.en,
                kind.shape,
                "–" if kind.step is None else f"{kind.step}–{kind.until}" if kind.until else kind.step,
                kind.counts,
                f"`{kind.stand_in}`" if kind.stand_in else "",
                ", ".join(kind.passes_over),
                f"`{kind.takes_from}`: {', '.join(kind.takes)}" if kind.takes_from else "",
            )
            for kind in RULES.program.kinds.values()
        ),
    )


def shapes() -> str:
    """Every shape of a record with its own fields; the day of the act comes first."""
    common = {field.name for field in attrs.fields(Record)}
    return table(
        ("shape", "day of the act", "fields"),
        ((f"`{name}`", f"`{cls.ACT_DAY}`", _fields(cls, without=common)) for name, cls in sorted(SHAPES.items())),
    )


def parts() -> str:
    """What a dossier is made of, beside the shapes."""
    return table(
        ("object", "fields"),
        (
            (f"`{cls.__name__.lower()}`", _fields(cls))
            for cls in (Dossier, Person, Organisation, Member, Sanction, Source, Record, Attachment)
        ),
    )


def columns() -> str:
    """Every column that the importer knows."""
    known = tomllib.loads((RULES.rulesets[0].path / "columns.toml").read_text(encoding="utf-8"))["columns"]
    return table(
        ("column", "also called", "field"),
        (
            (
                name,
                "、".join(one.get("also", ())),
                f"`{one['field']}`" + (" (several days)" if one.get("several") else ""),
            )
            for name, one in known.items()
        ),
    )


def sample() -> str:
    """Some people of the sample ledger, and the totals, as the command line shows them."""
    return _sample("en")


def sample_zh() -> str:
    """The same in Chinese."""
    return _sample("zh")


def _sample(lang: str) -> str:
    audit = RULES.audit(LEDGER, as_of=AS_OF)
    blocks = [report_text(one, lang=lang, full=False) for one in audit.reports if one.dossier.person.name in SHOWN]
    totals = next(line for line in audit_text(audit, lang=lang).splitlines() if audit.engine in line)
    totals = totals.replace(audit.engine, "durable-rules 2.0.28")  # where it cannot be imported, another one judged
    return f"```text\n{''.join(blocks)}…\n{totals}\n```\n".replace(
        str(LEDGER), LEDGER.relative_to(DOCS.parent).as_posix()
    )


def _fields(cls: type, without: Iterable[str] = ()) -> str:
    return ", ".join(
        f"`{field.name}` {_type(str(field.type))}" for field in attrs.fields(cls) if field.name not in without
    )


def _type(annotation: str) -> str:
    """The type of a field, in words."""
    said = next(said for mark, said in TYPES.items() if re.search(rf"\b{mark}\b", annotation))
    return f"list of {said}s" if said != "object" and re.search("tuple|frozenset", annotation) else said


PROCESS = ProcessTables(RULES.process.law, table)
TABLES: dict[str, Callable[[], str]] = {
    one.__name__.replace("_", "-"): one for one in (rules, kinds, shapes, parts, columns, sample, sample_zh)
} | dict(PROCESS.tables())
FILES: dict[Path, Callable[[], str]] = {DOCS / "reference" / "process.svg": PROCESS.image}
"""Files that are written as a whole."""


def renewed(text: str, *, counted: bool) -> str:
    """A page with its tables written anew, and the number of rules where it is *counted*."""
    text = TABLE.sub(lambda found: found[1] + TABLES[found["name"]]() + found[3], text)
    return COUNT.sub(str(len(RULES.compiled)), text) if counted else text


def main(*, check: bool) -> Iterator[str]:
    """Renew every page; yield those that were not up to date."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        new = renewed(text, counted=page.name in ("README.md", "README.zh-CN.md", "rules.md"))
        if new != text:
            yield str(page.relative_to(DOCS.parent))
            if not check:
                page.write_text(new, encoding="utf-8")
    for file, make in FILES.items():
        new = make()
        if not file.is_file() or file.read_text(encoding="utf-8") != new:
            yield str(file.relative_to(DOCS.parent))
            if not check:
                file.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    stale = list(main(check="--check" in sys.argv))
    print("\n".join(stale) or "up to date")
    sys.exit("--check" in sys.argv and bool(stale))
