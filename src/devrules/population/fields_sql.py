"""
Fields of records to SQL: what is read of all the records that may be the one that counts, and what that comes to.

While the records are grouped, three columns are read a measure: the ends over the records that state the field, and how
many do not (``blank``). What a blank means depends on what the source keeps, and is settled afterwards, once a dossier.
"""

from __future__ import annotations

from sqlglot import exp

from devrules.population.layout import Layout, asks_kept
from devrules.population.sql import (
    Ends,
    Sql,
    alias,
    both,
    chosen,
    clamped,
    column,
    ends,
    flag,
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
from devrules.population.tables import kept_column, list_column
from devrules.program import measures as m
from devrules.program.program import Program


def blank_column(name: str) -> str:
    """Name the column that tells how many of the records that may count do not state the field."""
    return f"{name}_blank"


def torn_column(name: str) -> str:
    """Name the column that tells whether a value is torn: absent only because it is open which record counts."""
    return f"{name}_torn"


def is_tearable(node: m.Measure, layout: Layout) -> bool:
    """Tell whether *node* is a value that some of the records that may count state, and others do not."""
    if not isinstance(node, m.Field) or asks_kept(node) or node.among:
        return False
    return layout.fields[node.name] in ("day", "number")


def field_read(node: m.Field, program: Program, layout: Layout) -> list[Sql]:
    """Give the columns that are read while the records are grouped."""
    name, counts = program.names[node], column(node.pick)
    stated = column(f"{node.name}_low" if layout.day(node.name) else node.name)
    if node.includes:
        stated = column(list_column(node.name, node.includes))
    value = _stated(node, stated, program)
    low, high = lowest(when(counts, value.low)), highest(when(counts, value.high))
    return [*named(name, Ends(low, high)), alias(how_many(both(counts, unknown(stated))), blank_column(name))]


def _stated(node: m.Field, stated: Sql, program: Program) -> Ends:
    kind = program.kinds[node.kind]
    of = kind.field_type(node.name)
    if node.filled:
        return Ends.same(when(known(stated), number(1)))
    if node.includes:
        return Ends.same(stated)
    if node.among:
        return Ends.same(when(known(stated), flag(stated.isin(*node.among)) if of == "text" else number(0)))
    if of == "day":
        acted = node.name in ("received", "day", kind.act_day)
        return clamped(ends(node.name), column("as_of")) if acted else ends(node.name)
    return Ends.same(stated)


def field_value(node: m.Field, program: Program) -> Ends:
    """Tell what the columns come to."""
    name = program.names[node]
    stated, blank = ends(f"{name}_of"), column(blank_column(name))
    complete, some = blank.eq(number(0)), blank > number(0)
    if not asks_kept(node):
        return Ends(when(complete, stated.low), when(complete, stated.high))
    nothing = number(0)
    kept = both(some, column(kept_column(f"{node.kind}.{node.name}")).eq(number(1)))
    low = [(complete, stated.low), (kept, least(nothing, stated.low))]
    high = [(complete, stated.high), (kept, greatest(nothing, stated.high))]
    if node.blank_is_zero:
        low.append((some, least(nothing, stated.low)))
        high.append((some, greatest(number(m.MANY), stated.high)))
    return Ends(chosen(low), chosen(high))


def torn_value(name: str) -> Sql:
    """Tell whether some of the records that may count state the value, and some do not."""
    return flag(exp.and_(column(blank_column(name)) > number(0), known(column(f"{name}_of_low"))))
