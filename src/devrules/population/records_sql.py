"""
Records to what is read off them, one row a dossier: a chain of named queries.

For each kind: its records that count, with the ends of their days as :class:`devrules.program.view.View` sees them;
where a field is read, which of them may be the first or the last; and what is read of them, in one grouping. ``joined``
lays that beside what is stated of the dossier itself; in ``base`` every measure that is read off records is ready.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from sqlglot import exp

from devrules.dossier.kinds import Kind
from devrules.population.endings_sql import came_to, endings, not_later, of_kind, places, recorded, taken, with_endings
from devrules.population.fields_sql import blank_column, field_read, field_value, is_tearable, torn_column, torn_value
from devrules.population.layout import PASSED_OVER, Layout
from devrules.population.people_sql import people_tested, told, told_name
from devrules.population.sql import (
    Ends,
    Sql,
    alias,
    both,
    clamped,
    column,
    ends,
    first_known,
    greatest,
    highest,
    how_many,
    known,
    least,
    lowest,
    named,
    number,
    unknown,
    when,
)
from devrules.population.tables import list_column
from devrules.program import measures as m
from devrules.program.program import Program

TAKEN = (m.Field, m.ActDay, m.People)
"""The measures that are read off records, and are ready in ``base``."""
LAST_STEP = "last step"


def records(program: Program, layout: Layout) -> Iterator[tuple[str, exp.Select]]:
    """Yield the named queries, up to ``base``."""
    for kind, place in layout.kinds.items():
        source = exp.select(exp.Star()).from_("record")
        yield recorded(layout, kind), source.where(column("kind").eq(number(place)))
        yield from _Records(program, layout, program.kinds[kind]).queries()
    yield from endings(program, layout)
    yield "joined", _joined(program, layout)
    yield "base", _base(program, layout)


def number_of(kind: str) -> str:
    """Name the column that tells how many records of a kind there are."""
    return f"{kind} number"


def before(step: int) -> str:
    """Name the columns that tell the latest day before a step."""
    return f"before {step}"


def after(step: int) -> str:
    """Name the columns that tell the earliest day after a step."""
    return f"after {step}"


def _first(kind: str) -> str:
    return f"{kind} first"


def _last(kind: str) -> str:
    return f"{kind} last"


def _undated(kind: str) -> str:
    return f"{kind} undated"


class _Records:
    """The records of one kind."""

    def __init__(self, program: Program, layout: Layout, kind: Kind) -> None:
        self.program = program
        self.layout = layout
        self.kind = kind
        self.name = of_kind(layout, kind.id)
        self.fields = [one for one in program.measures if isinstance(one, m.Field) and one.kind == kind.id]
        self.people = [one for one in program.measures if isinstance(one, m.People) and one.kind == kind.id]
        self.tested = [one for one in people_tested(program) if one.kind == kind.id]

    def queries(self) -> Iterator[tuple[str, exp.Select]]:
        yield self.name, self._counting()
        source = self.name
        if self.fields or self.people:
            source = f"{self.name}_ranked"
            yield source, self._ranked()
        if self.tested:
            yield from told(self.tested, self.name, self.layout.kinds[self.kind.id], self.program.names)
        yield taken(self.layout, self.kind.id), self._read(source)

    def _counting(self) -> exp.Select:
        as_of, act = column("as_of"), ends("act")
        conditions = [not_later()]
        if self.kind.passes_over and self.kind.field_type(PASSED_OVER) is not None:
            conditions.append(exp.not_(came_to(self.kind.passes_over)))
        items: list[Sql] = [column("d"), column("n"), as_of, *named("act", clamped(act, as_of))]
        if self.people:
            items.append(column("distinct_people"))
        for field in dict.fromkeys(one.name for one in self.fields):
            items += [*_pair(ends(field))] if self.layout.day(field) else [column(field)]
        items += [column(list_column(name, words)) for of, name, words in self.layout.lists if of == self.kind.id]
        return exp.select(*items).from_(recorded(self.layout, self.kind.id)).where(*conditions)

    def _ranked(self) -> exp.Select:
        """Tell which records may be the first, or the last, given how precisely they are dated."""
        placed = exp.select(exp.Star(), *named("place", places())).from_(self.name)
        place, dossier = ends("place"), [column("d")]
        first = place.low <= exp.Window(this=lowest(place.high), partition_by=dossier)
        last = place.high >= exp.Window(this=highest(place.low), partition_by=dossier)
        picked: list[m.Field | m.People] = [*self.fields, *self.people]
        picks = {one.pick for one in picked}
        items = [alias(value, pick) for pick, value in (("first", first), ("last", last)) if pick in picks]
        return exp.select(exp.Star(), *items).from_(placed.subquery("placed"))

    def _read(self, source: str) -> exp.Select:
        act, kind = ends("act", "r"), self.kind.id
        items: list[Sql] = [column("d", "r"), alias(how_many(), number_of(kind))]
        items.append(alias(how_many(unknown(act.low)), _undated(kind)))
        items += named(_first(kind), Ends(lowest(act.low), lowest(act.high)))
        items += named(_last(kind), Ends(highest(act.low), highest(act.high)))
        for field in self.fields:
            items += field_read(field, self.program, self.layout)
        for people in self.people:
            items += self._people(people)
        query = exp.select(*items).from_(exp.to_table(source).as_("r")).group_by(column("d", "r"))
        if self.tested:
            same = both(*(column(name, "t").eq(column(name, "r")) for name in ("d", "n")))
            query = query.join(f"{told_name(self.name)} AS t", on=same, join_type="left")
        return query

    def _people(self, node: m.People) -> list[Sql]:
        name, people, counts = self.program.names[node], column("distinct_people"), column(node.pick)
        counted = Ends.same(people) if node.test == "all" else ends(name, "t")
        value = [when(both(counts, known(people)), first_known(end, number(0))) for end in _pair(counted)]
        unsaid = how_many(both(counts, unknown(people)))
        return [*named(name, Ends(lowest(value[0]), highest(value[1]))), alias(unsaid, blank_column(name))]


def _joined(program: Program, layout: Layout) -> exp.Select:
    dossier = exp.Column(this=exp.Star(), table=exp.to_identifier("x"))
    query = exp.select(dossier, alias(_last_step(program, layout), LAST_STEP)).from_(exp.to_table("dossier").as_("x"))
    for kind in layout.kinds:
        name = taken(layout, kind)
        query = query.select(*_columns_of(kind, program, layout), copy=False)
        query = query.join(name, on=column("d", name).eq(column("d", "x")), join_type="left", copy=False)
    for n, kinds in _spans(program, layout).items():
        query = query.select(*_span_columns(n, kinds, layout), copy=False)
    return with_endings(query, layout)


def _columns_of(kind: str, program: Program, layout: Layout) -> Iterator[Sql]:
    table = taken(layout, kind)
    yield alias(first_known(column(number_of(kind), table), number(0)), number_of(kind))
    yield column(_undated(kind), table)
    for name in (_first(kind), _last(kind)):
        yield from _pair(ends(name, table))
    for node in program.measures:
        if isinstance(node, m.Field | m.People) and node.kind == kind:
            yield from named(f"{program.names[node]}_of", ends(program.names[node], table))
            yield column(blank_column(program.names[node]), table)


def _last_step(program: Program, layout: Layout) -> Sql:
    there = [(known(column("d", taken(layout, kind))), program.kinds[kind].step) for kind in layout.kinds]
    reached = [when(condition, number(step)) for condition, step in there if step is not None]
    return greatest(*reached) if reached else exp.null()


def steps_judged(program: Program) -> list[int]:
    """List the steps whose neighbours are asked for."""
    steps = {node.step for node in program.measures if isinstance(node, m.JudgedDay)}
    return sorted(step for step in steps if step is not None)


def _spans(program: Program, layout: Layout) -> dict[int, list[str]]:
    """
    Divide the process at the steps that are judged.

    The judged step number i is the span 2i + 1 by itself; what lies before it and after the one before is the span 2i.
    """
    judged = steps_judged(program)
    spans: dict[int, list[str]] = {}
    for kind in layout.kinds:
        if (step := program.kinds[kind].step) is not None:
            spans.setdefault(bisect_left(judged, step) + bisect_right(judged, step), []).append(kind)
    return spans


def _span_columns(n: int, kinds: Sequence[str], layout: Layout) -> list[Sql]:
    """Tell the earliest and the latest days of a span of the process."""
    firsts = [ends(_first(kind), taken(layout, kind)) for kind in kinds]
    lasts = [ends(_last(kind), taken(layout, kind)) for kind in kinds]
    first = Ends(least(*(one.low for one in firsts)), least(*(one.high for one in firsts)))
    last = Ends(greatest(*(one.low for one in lasts)), greatest(*(one.high for one in lasts)))
    return [*named(f"span {n} first", first), *named(f"span {n} last", last)]


def _base(program: Program, layout: Layout) -> exp.Select:
    items: list[Sql] = [exp.Column(this=exp.Star(), table=exp.to_identifier("j"))]
    spans = sorted(_spans(program, layout))
    for at, step in enumerate(steps_judged(program)):
        own = 2 * at + 1
        items += named(before(step), _outermost([ends(f"span {n} last") for n in spans if n < own], greatest))
        items += named(after(step), _outermost([ends(f"span {n} first") for n in spans if n > own], least))
    for node in program.measures:
        if isinstance(node, TAKEN):
            items += named(program.names[node], _value(node, program))
        if is_tearable(node, layout):
            items.append(alias(torn_value(program.names[node]), torn_column(program.names[node])))
    return exp.select(*items).from_(exp.to_table("joined").as_("j"))


def _outermost(spans: Sequence[Ends], choose: Callable[..., Sql]) -> Ends:
    if not spans:
        return Ends.same(exp.null())
    return Ends(choose(*(one.low for one in spans)), choose(*(one.high for one in spans)))


def _value(node: m.Measure, program: Program) -> Ends:
    match node:
        case m.ActDay(kind=kind, pick=pick):
            act = ends(_first(kind) if pick == "first" else _last(kind))
            # Absent where any of them is not dated.
            return Ends(*(when(column(_undated(kind)).eq(number(0)), end) for end in _pair(act)))
        case m.Field():
            return field_value(node, program)
    name = program.names[node]
    return Ends(*(when(column(blank_column(name)).eq(number(0)), end) for end in _pair(ends(f"{name}_of"))))


def _pair(value: Ends) -> tuple[Sql, Sql]:
    return value.low, value.high
