"""The rows of several sheets and files to people: who stands in several rows gets one dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import TypeAlias

from devrules.days import Day
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.ledger.build import Builder
from devrules.ledger.cells import NONE, Said
from devrules.ledger.dossiers import Dossiers
from devrules.ledger.merge import Entry
from devrules.ledger.model import Column, Ledger, Unread
from devrules.ledger.numbers import in_eighteen
from devrules.ledger.reasons import NAMES_DIFFER, ROWS_DIFFER, SEVERAL_FIT
from devrules.ledger.rows import PersonRow

_MONTH = 31
_Looks: TypeAlias = tuple[str, Day, str]


def join(rows: Iterable[PersonRow | Dossier], kinds: Kinds, *, salt: bytes | None = None) -> Ledger:
    """
    Put together the rows that are about the same person.

    The same are those with one ID number, unless their names differ; and those without an ID number whose name, birth
    (a day or a month) and branch are those of others. What their rows say differently is reported and not used.

    Args:
        rows: The rows, in their order; dossiers that were read otherwise stay what and where they are.
        kinds: The kinds of record that there are.
        salt: The key of the dossiers' ids.

    Returns:
        One dossier a person, where the first of the rows stood, and what there is to say of the others.
    """
    all_rows = list(rows)
    same, unread = _same([row for row in all_rows if isinstance(row, PersonRow)])
    leaders = {id(own[0]): own for own in same}
    followers = {id(row) for own in same for row in own[1:]}
    people: list[PersonRow | Dossier] = []
    for row in all_rows if same else ():
        if isinstance(row, PersonRow) and id(row) in leaders:
            dossier, told = _joined(leaders[id(row)], kinds, salt)
            people.append(dossier)
            unread += told
        elif id(row) not in followers:
            people.append(row)
    return Ledger(Dossiers(people if same else all_rows), tuple(unread))


def _same(rows: Sequence[PersonRow]) -> tuple[list[list[PersonRow]], list[Unread]]:
    """List the rows of each person who stands in several, and report those that were not joined."""
    by_number: dict[str, list[PersonRow]] = {}
    by_looks: dict[_Looks, list[PersonRow]] = {}
    for row in rows:
        number = row.value("person.id_number")
        if number is not None:
            by_number.setdefault(in_eighteen(number), []).append(row)
        elif (looks := _looks(row)) is not None:
            by_looks.setdefault(looks, []).append(row)
    unread = [_remark(row, NAMES_DIFFER) for own in by_number.values() if _differ(own) for row in own]
    people = [own for own in by_number.values() if not _differ(own)]
    known = _by_looks(people) if by_looks else {}
    for looks, own in by_looks.items():
        match known.get(looks, []):
            case []:
                people.append(own)
            case [one]:
                one += own
            case _:
                unread += [_remark(row, SEVERAL_FIT) for row in own]
    return [own for own in people if len(own) > 1], unread


def _by_looks(people: Iterable[list[PersonRow]]) -> dict[_Looks, list[list[PersonRow]]]:
    found: dict[_Looks, list[list[PersonRow]]] = {}
    for own in people:
        for looks in {_looks(row) for row in own}:
            if looks is not None:
                found.setdefault(looks, []).append(own)
    return found


def _looks(row: PersonRow) -> _Looks | None:
    """Tell by what someone without an ID number is known; a year alone is too little."""
    birth: Day | None = row.value("person.birth")
    if birth is None or (birth.high - birth.low).days >= _MONTH:
        return None
    name, branch = row.name, row.value("branch.name")
    return (name, birth, branch) if name and branch else None


def _differ(rows: Sequence[PersonRow]) -> bool:
    return len(rows) > 1 and len({row.name for row in rows} - {""}) > 1


def _joined(rows: Sequence[PersonRow], kinds: Kinds, salt: bytes | None) -> tuple[Dossier, list[Unread]]:
    read = [(row, row.reader.entries(row.cells)) for row in rows]
    told = [(row, entries, row.reader.told(entries)[0]) for row, entries in read]
    unread = [_remark(row, _same_as(rows[0])) for row in rows[1:]]
    said: dict[str, Said] = {}
    for path, column in {entry.column.path: entry.column for _, entries in read for entry in entries}.items():
        answers = [own[path] for _, _, own in told if path in own]
        said[path] = _together(answers, column)
        if said[path].reason == ROWS_DIFFER:
            unread += _contradictions(read, path)
    source = rows[0].source
    columns = [column for row in rows for column in row.reader.columns]
    return Builder(columns, kinds, salt).dossier(said, source), unread


def _together(answers: Sequence[Said], column: Column) -> Said:
    unread = next((said for said in answers if said.state == "unread"), None)
    telling = [said for said in answers if said.state in ("value", "none")]
    if unread is not None or not telling:
        return unread or next((said for said in answers if said.state == "blank"), answers[0])
    if all(said == telling[0] for said in telling):
        return telling[0]
    if column.form == "days":
        days = [said.value for said in telling if said.state == "value"]
        return Said("value", tuple(_union(days))) if days else NONE
    return Said("unread", reason=ROWS_DIFFER)


def _union(series: Iterable[Sequence[Day]]) -> Iterator[Day]:
    """Add up series; a day that stands in two rows is the same one."""
    seen: set[Day] = set()
    for days in series:
        yield from (day for day in days if day not in seen)
        seen |= set(days)


def _contradictions(read: Iterable[tuple[PersonRow, Sequence[Entry]]], path: str) -> Iterator[Unread]:
    for row, entries in read:
        for entry in entries:
            if entry.column.path == path and entry.said.state in ("value", "none"):
                yield row.reader.complaint(row.number, entry, ROWS_DIFFER)


def _remark(row: PersonRow, reason: str) -> Unread:
    return row.reader.remark(row.number, row.name, reason)


def _same_as(row: PersonRow) -> str:
    source = row.source
    place = " ".join(filter(None, [PurePath(source.file).name, source.sheet]))
    return f"与{place}第{row.number}行是同一人，已合并 / the same person as row {row.number} of {place}; joined"


__all__ = ["PersonRow", "join"]
