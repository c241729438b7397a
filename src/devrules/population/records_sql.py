"""
Records to what is read off them, one row a dossier: a chain of named queries.

``effective``: the records that count, with the ends of their days as :class:`devrules.program.view.View` sees them.
``ranked``: which of them may be the first or the last of their kind. ``taken``: every measure that is read off
records, all in one grouping. ``base``: the same for every dossier, beside what is stated of the dossier itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from devrules.dossier.kinds import Kind
from devrules.population.layout import PASSED_OVER, Layout, asks_kept
from devrules.population.people_sql import people_tested, told
from devrules.population.sql import (
    FIRST_DAY,
    Ends,
    Sql,
    alias,
    both,
    chosen,
    clamped,
    column,
    ends,
    first_known,
    flag,
    highest,
    how_many,
    known,
    lowest,
    named,
    number,
    or_no_day,
    unknown,
    when,
)
from devrules.population.tables import kept_column
from devrules.program import measures as m
from devrules.program.program import Program

# A place among the records of a kind: the day, then the number of the record.
_PLACES = 2**32
LAST_STEP = "last_step"
TAKEN = (m.Field, m.ActDay, m.People)
"""The measures that are read off records, and are ready in ``base``."""


def records(program: Program, layout: Layout) -> Iterator[tuple[str, exp.Select]]:
    """Yield the named queries, up to ``base``."""
    tested = people_tested(program)
    yield "effective", _effective(program, layout)
    yield "placed", _placed()
    yield "ranked", _ranked()
    if tested:
        yield from told(tested, program.names)
    yield "taken", _taken(program, layout, bool(tested))
    yield "base", _base(program, layout)


def number_of(kind: str) -> str:
    """Name the column that tells how many records of a kind there are."""
    return f"number of {kind}"


def tearable(node: m.Measure, layout: Layout) -> bool:
    """Tell whether *node* is a day that some of the records that may count state, and others do not."""
    return isinstance(node, m.Field) and layout.day(node.name) and not node.filled and not node.among


def torn_column(name: str) -> str:
    """Name the column that tells whether a day is torn: absent only because it is open which record counts."""
    return f"{name}_torn"


def before(step: int) -> str:
    """Name the columns that tell the latest day before a step."""
    return f"before {step}"


def after(step: int) -> str:
    """Name the columns that tell the earliest day after a step."""
    return f"after {step}"


def _effective(program: Program, layout: Layout) -> exp.Select:
    as_of = column("as_of", "x")
    act = ends("act", "r")
    counting: list[Sql] = [_not_later(act, as_of)]
    counting += [_counts(program.kinds[kind], code) for kind, code in layout.kinds.items() if _passes_over(program, kind)]
    own = [column(name, "r") for name in ("d", "kind", "n", "step", "distinct_people")]
    days = [item for name in layout.fields if layout.day(name) for item in named(name, ends(name, "r"))]
    others = [column(name, "r") for name in layout.fields if not layout.day(name)]
    kept = [column(kept_column(one), "x") for one in layout.kept if "." in one]
    return (
        exp.select(*own, as_of, *named("act", clamped(act, as_of)), *days, *others, *kept)
        .from_(exp.to_table("record").as_("r"))
        .join(exp.to_table("dossier").as_("x"), on=column("d", "x").eq(column("d", "r")))
        .where(*counting)
    )


def _not_later(act: Ends, as_of: Sql) -> Sql:
    return exp.or_(unknown(act.low), act.low <= as_of)


def _passes_over(program: Program, kind: str) -> bool:
    return bool(program.kinds[kind].passes_over) and program.kinds[kind].field_type(PASSED_OVER) is not None


def _counts(kind: Kind, code: int) -> Sql:
    """Leave out the records of a kind that are passed over."""
    outcome = first_known(column(PASSED_OVER, "r"), exp.Literal.string(""))
    passed = both(known(column(PASSED_OVER, "r")), outcome.isin(*kind.passes_over))
    return exp.not_(exp.paren(both(column("kind", "r").eq(number(code)), passed)))


def _placed() -> exp.Select:
    day = or_no_day(ends("act"))
    places = Ends(*(end * number(_PLACES) + column("n") for end in (day.low, day.high)))
    return exp.select(exp.Star(), *named("place", places)).from_("effective")


def _ranked() -> exp.Select:
    """Tell which records may be the first, or the last, of their kind, given how precisely they are dated."""
    place = ends("place")
    kind = [column("d"), column("kind")]
    first = place.low <= exp.Window(this=lowest(place.high), partition_by=kind)
    last = place.high >= exp.Window(this=highest(place.low), partition_by=kind)
    return exp.select(exp.Star(), alias(first, "first"), alias(last, "last")).from_("placed")


def _taken(program: Program, layout: Layout, tested: bool) -> exp.Select:  # noqa: FBT001
    items: list[Sql] = [column("d", "r"), alias(highest(column("step")), LAST_STEP)]
    items += [alias(how_many(_of(layout, kind)), number_of(kind)) for kind in layout.kinds]
    for step in _steps(program):
        items += _neighbours(step)
    for node in program.measures:
        if isinstance(node, TAKEN):
            items += named(program.names[node], _read(node, program, layout))
        if isinstance(node, m.Field) and tearable(node, layout):
            items.append(alias(_torn(node, program, layout), torn_column(program.names[node])))
    query = exp.select(*items).from_(exp.to_table("ranked").as_("r")).group_by(column("d", "r"))
    if tested:
        same = [column(name, "t").eq(column(name, "r")) for name in ("d", "kind", "n")]
        query = query.join("told AS t", on=both(*same), join_type="left")
    return query


def _steps(program: Program) -> list[int]:
    """List the steps whose neighbours are asked for."""
    steps = {node.step for node in program.measures if isinstance(node, m.JudgedDay)}
    return sorted(step for step in steps if step is not None)


def _of(layout: Layout, kind: str, *more: Sql) -> Sql:
    return both(column("kind", "r").eq(number(layout.kinds[kind])), *more)


def _neighbours(step: int) -> list[Sql]:
    act, place = ends("act"), column("step")
    earlier, later = place < number(step), place > number(step)
    latest = Ends(highest(act.low, earlier), highest(act.high, earlier))
    earliest = Ends(lowest(act.low, later), lowest(act.high, later))
    return [*named(before(step), latest), *named(after(step), earliest)]


def _read(node: m.Measure, program: Program, layout: Layout) -> Ends:
    match node:
        case m.ActDay(kind=kind, pick=pick):
            return _extreme(ends("act"), pick, _of(layout, kind))
        case m.Field(kind=kind, pick=pick):
            return _spanned(_field(node, program), _of(layout, kind, column(pick)))
        case m.People(kind=kind, pick=pick):
            return _spanned(_people(node, program), _of(layout, kind, column(pick)))
    raise TypeError(node)


def _extreme(act: Ends, pick: m.Pick, among: Sql) -> Ends:
    """Tell the earliest or the latest day; absent where one is not stated."""
    choose = lowest if pick == "first" else highest
    dated = how_many(both(among, unknown(act.low))).eq(number(0))
    return Ends(when(dated, choose(act.low, among)), when(dated, choose(act.high, among)))


def _spanned(value: Ends, among: Sql) -> Ends:
    """Tell the ends of what any candidate may be; absent where one of them is."""
    complete = how_many(both(among, unknown(value.low))).eq(number(0))
    return Ends(when(complete, lowest(value.low, among)), when(complete, highest(value.high, among)))


def _torn(node: m.Field, program: Program, layout: Layout) -> Sql:
    """Tell whether some of the candidates state the day, and some do not."""
    value, among = _field(node, program), _of(layout, node.kind, column(node.pick))
    stated, blank = both(among, known(value.low)), both(among, unknown(value.low))
    return flag(both(how_many(stated) > number(0), how_many(blank) > number(0)))


def _field(node: m.Field, program: Program) -> Ends:
    kind = program.kinds[node.kind]
    of = kind.field_type(node.name)
    stated = column(f"{node.name}_low" if of == "day" else node.name)
    value = _stated(node, stated, of, acted=of == "day" and node.name in ("received", "day", kind.act_day))
    if not asks_kept(node):
        return value
    kept = column(kept_column(f"{node.kind}.{node.name}")).eq(number(1))
    blank = Ends(number(0), number(m.MANY)) if node.blank_is_zero else Ends(exp.null(), exp.null())
    return Ends(
        chosen([(known(stated), value.low), (kept, number(0))], blank.low),
        chosen([(known(stated), value.high), (kept, number(0))], blank.high),
    )


def _stated(node: m.Field, stated: Sql, of: str | None, *, acted: bool) -> Ends:
    if node.filled:
        return Ends.same(when(known(stated), number(1)))
    if node.among:
        return Ends.same(when(known(stated), flag(stated.isin(*node.among)) if of == "text" else number(0)))
    if of == "day":
        return clamped(ends(node.name), column("as_of")) if acted else ends(node.name)
    return Ends.same(stated)


def _people(node: m.People, program: Program) -> Ends:
    people = column("distinct_people")
    if node.test == "all":
        return Ends.same(people)
    counted = ends(program.names[node], "t")
    return Ends(*(when(known(people), first_known(end, number(0))) for end in (counted.low, counted.high)))


def _base(program: Program, layout: Layout) -> exp.Select:
    counts = [number_of(kind) for kind in layout.kinds]
    items: list[Sql] = [alias(first_known(column(name, "t"), number(0)), name) for name in counts]
    # No step is as good as one before the first.
    items.append(alias(column(LAST_STEP, "t"), LAST_STEP))
    for step in _steps(program):
        items += [*named(before(step), ends(before(step), "t")), *named(after(step), ends(after(step), "t"))]
    for node in program.measures:
        if isinstance(node, TAKEN):
            items += named(program.names[node], ends(program.names[node], "t"))
        if tearable(node, layout):
            torn = torn_column(program.names[node])
            items.append(alias(first_known(column(torn, "t"), number(0)), torn))
    return (
        exp.select(exp.Column(this=exp.Star(), table=exp.to_identifier("x")), *items)
        .from_(exp.to_table("dossier").as_("x"))
        .join("taken AS t", on=column("d", "t").eq(column("d", "x")), join_type="left")
    )


__all__ = ["FIRST_DAY", "LAST_STEP", "TAKEN", "after", "before", "number_of", "records", "tearable", "torn_column"]
