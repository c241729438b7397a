"""What must hold for a rule to apply, as it is written, to a condition."""

from __future__ import annotations

from devrules.dossier.kinds import Kinds
from devrules.program import measures as m
from devrules.program.checks import CheckError
from devrules.program.conditions import Compare, Condition, Every, Some
from devrules.program.paths import read_days, scalar, split
from devrules.ruleset.model import When


def applies(when: When, kinds: Kinds) -> Condition:
    """
    Compile one part of what must hold.

    Raises:
        CheckError: When it asks for nothing, or for too much at once.
        PathError: When its path leads nowhere.
    """
    asked = [one for one in (when.present, when.absent, when.value) if one is not None]
    if len(asked) != 1:
        raise CheckError("when: expected present, absent or value")
    if when.absent is None and (when.or_present or when.or_in_order):
        raise CheckError("when: or_present and or_in_order stand beside absent")
    if when.present is not None:
        return Compare(m.Present((_known("present", when.present, kinds),)), ">=", 1)
    if when.absent is not None:
        return _absent(when, when.absent, kinds)
    return _valued(when, asked[0], kinds) if when.stated is None else _stated(asked[0], kinds, wanted=when.stated)


def _absent(when: When, kind: str, kinds: Kinds) -> Condition:
    """Ask whether there is no such record, or what outweighs it."""
    parts: list[Condition] = [Compare(m.There((_known("absent", kind, kinds),)), "<=", 0)]
    if when.or_present:
        parts.append(_there(tuple(_known("or_present", one, kinds) for one in when.or_present)))
    if when.or_in_order:
        parts.append(_in_order(when.or_in_order, kinds))
    return parts[0] if len(parts) == 1 else Some(tuple(parts))


def _in_order(paths: tuple[str, ...], kinds: Kinds) -> Condition:
    """Ask whether two records are there, and the day of the one is no later than that of the other."""
    reads = [read_days((path,), kinds) for path in paths]
    if len(reads) != 2 or not all(read.kinds for read in reads):  # noqa: PLR2004  # the one and the other
        raise CheckError("when.or_in_order: expected the days of two records")
    first, then = reads
    gap = Compare(m.Between(first.measure, then.measure), ">=", 0)
    return Every((_there(first.kinds), _there(then.kinds), gap))


def _there(kinds: tuple[str, ...]) -> Condition:
    return Compare(m.There(kinds), ">=", 1)


def _known(key: str, kind: str, kinds: Kinds) -> str:
    if kind not in kinds:
        raise CheckError(f"when.{key} = {kind!r}, which is no kind of record")
    return kind


def _stated(path: str, kinds: Kinds, *, wanted: bool) -> Condition:
    """Ask whether a value is stated; where there is no such record, it is not."""
    if path.partition(".")[0] not in kinds:
        return Compare(scalar(path, filled=True), "==", int(wanted))
    kind, pick, name, _ = split(path, kinds)
    there, stated = m.Present((kind.id,)), m.Field(kind.id, pick, name, filled=True)
    if wanted:
        return Every((Compare(there, ">=", 1), Compare(stated, ">=", 1)))
    return Some((Compare(there, "<=", 0), Compare(stated, "<=", 0)))


def _valued(when: When, path: str, kinds: Kinds) -> Condition:
    wanted = int(when.is_ is not False)
    if path.partition(".")[0] in kinds:
        kind, pick, name, field_type = split(path, kinds)
        value: m.Measure = m.Field(kind.id, pick, name, when.among)
    else:
        value = scalar(path, when.among, when.assume)
        field_type = value.type
    if field_type != ("text" if when.among else "flag"):
        raise CheckError(f"when.value = {path!r}: expected {'a text' if when.among else 'yes or no'}")
    return Compare(value, "==", wanted)


__all__ = ["applies"]
