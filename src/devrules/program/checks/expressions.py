"""The check of an expression: a body from comparisons of single values."""

from __future__ import annotations

from devrules.program import measures as m
from devrules.program.checks.common import bounds
from devrules.program.conditions import Compare, Condition, Every, Some
from devrules.program.context import CheckError, Context
from devrules.program.model import Body, Measured, Term
from devrules.program.paths import scalar, split
from devrules.ruleset import checks as c


def expression(check: c.Expression, context: Context) -> Body:
    """Compile: any or all of some comparisons hold."""
    if bool(check.any) == bool(check.all):
        raise CheckError("expected either any or all")
    terms: list[Term] = []
    measured: list[Measured] = []
    required: list[tuple[str, str]] = []
    kinds: dict[str, None] = {}
    for written in check.any or check.all:
        condition, shown, asked, kind = _term(written, context)
        terms.append(Term(condition, (context.want(kind),) if kind else ()))
        measured.append(shown)
        required += asked
        kinds |= {kind: None} if kind else {}
    conditions = tuple(term.ok for term in terms)
    ok: Condition = Some(conditions) if check.any else Every(conditions)
    return Body(
        ok=conditions[0] if len(conditions) == 1 else ok,
        terms=tuple(terms) if len({term.wanted for term in terms}) > 1 else (),
        either=bool(check.any),
        wanted=tuple(map(context.want, kinds)),
        measured=tuple(measured),
        required=tuple(required),
        kinds=tuple(kinds),
    )


def _term(term: c.Term, context: Context) -> tuple[Condition, Measured, tuple[tuple[str, str], ...], str | None]:
    if term.stated or term.is_ is not None or term.includes:
        return _yes_or_no(term, context)
    words = term.among or term.not_among
    if words:
        value, kind = _text(term.value, words, context)
        wanted = 1 if term.among else 0
        said = ("among" if term.among else "not_among", ", ".join(words))
        name = term.value.rpartition(".")[2]
        return (
            Compare(value, "==", wanted),
            Measured(f"{name}_{'' if wanted else 'not_'}as_required", value, "flag"),
            (said,),
            kind,
        )
    found, pick, name, field_type = split(term.value, context.kinds)
    if field_type not in ("number", "people", "attachments"):
        raise CheckError(f"{term.value!r} is no number")
    number = m.Field(found.id, pick, name)
    ok, required = bounds(number, term.at_least, term.at_most, context)
    return ok, Measured(name, number, "count"), tuple((f"{name}_{op}", value) for op, value in required), found.id


def _yes_or_no(term: c.Term, context: Context) -> tuple[Condition, Measured, tuple[tuple[str, str], ...], str | None]:
    """Compare a value that is yes or no, or ask whether one is stated, or what a list includes."""
    name = term.value.rpartition(".")[2]
    owner = term.value.partition(".")[0]
    wanted = int(term.is_ is not False)
    value: m.Measure
    if owner not in context.kinds:
        value, kind = scalar(term.value), None
    else:
        found, pick, field, _ = split(term.value, context.kinds)
        value, kind = m.Field(found.id, pick, field, filled=term.stated, includes=term.includes), found.id
    shown = Measured(
        f"{name}_stated" if term.stated else f"{name}_as_required" if term.includes else name, value, "flag"
    )
    said = ", ".join(term.includes) or ("stated" if term.stated else "yes" if wanted else "no")
    return Compare(value, "==", wanted), shown, ((name, said),), kind


def _text(path: str, words: tuple[str, ...], context: Context) -> tuple[m.Measure, str | None]:
    owner = path.partition(".")[0]
    if owner in context.kinds:
        found, pick, name, field_type = split(path, context.kinds)
        value: m.Field | m.Scalar = m.Field(found.id, pick, name, words)
        kind: str | None = found.id
    else:
        value, kind = scalar(path, words), None
        field_type = value.type
    if field_type != "text":
        raise CheckError(f"{path!r} is no text")
    return value, kind
