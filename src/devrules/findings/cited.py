"""Citations to the regulations that they name, and how a reader is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from devrules.law.model import Citation, Regulation
from devrules.ruleset.model import Ruleset


def regulations_of(rulesets: Iterable[Ruleset]) -> Iterator[Regulation]:
    """Yield every regulation; the first is the main one, which needs no name beside the edition's."""
    return (regulation for ruleset in rulesets for regulation in ruleset.regulations)


def cited_text(rulesets: Sequence[Ruleset], edition: str, article: str, lang: str) -> str:
    """Say where something stands: the year and the article, of another regulation than the main one its short name."""
    found = next((one for one in regulations_of(rulesets) if any(e.id == edition for e in one.editions)), None)
    main = next(regulations_of(rulesets), None)
    if found is None or found == main:
        year = edition.rpartition("-")[2]
        return f"{year}年版第{article}条" if lang == "zh" else f"{year} ed., art. {article}"
    short = found.short.said(lang)
    return f"{short}第{article}条" if lang == "zh" else f"{short}, art. {article}"


def also_in_force(rulesets: Iterable[Ruleset], also: Sequence[Citation], days: Iterable[date]) -> Iterator[Citation]:
    """Yield those of *also* whose edition is in force on one of *days*."""
    if not also:
        return
    on = tuple(days)
    editions = {
        edition.id
        for regulation in regulations_of(rulesets)
        for edition in (regulation.in_force(day) for day in on)
        if edition is not None
    }
    yield from (cited for cited in also if cited.edition in editions)
