"""What is wrong with the tables of a population, all at once; each is gone through as few times as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import reduce

import attrs
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as F  # noqa: N812  # as everybody calls it

from devrules.dossier.kinds import Kinds, field_types
from devrules.dossier.shapes import STATUSES, Record
from devrules.errors import Problem
from devrules.mask import mask_text
from devrules.plain import nearest
from devrules.population.contract import ColumnKind, columns, columns_of
from devrules_spark.sql import quoted
from devrules_spark.tables import table_path

_SHOWN = 3
_KEYS = ("dossier", "kind", "position")
_NUMBERED = "number the records of a kind in a dossier"


@attrs.frozen
class _Check:
    """
    One thing that may be wrong.

    Args:
        table: Where.
        told: What is wrong; ``{}`` stands for the value in question.
        remedy: What to do about it, given that value.
        value: The value in question.
        where: Which rows are wrong, or
        rows: these rows, with a column ``value`` where there is a value in question.
    """

    table: str
    told: str
    remedy: Callable[[str | None], str]
    value: Column | None = None
    where: Column | None = None
    rows: DataFrame | None = None


def problems(tables: Mapping[str, DataFrame], folder: str, kinds: Kinds) -> list[Problem]:
    """
    List what is wrong with a population.

    Args:
        tables: Its tables.
        folder: Where they are.
        kinds: The kinds of record.
    """
    checks = [*_of_dossiers(tables["dossier"], kinds), *_of_records(tables, kinds), *_of_others(tables), *_of_cells()]
    found = reduce(DataFrame.unionByName, _wrong(tables, checks)).groupBy("check", "value", "dossier")
    # All may be wrong: no more numbers are gathered than are shown.
    place = F.row_number().over(Window.partitionBy("check", "value").orderBy(_c("dossier").asc_nulls_last()))
    each = found.agg(F.count("*").alias("times")).withColumn("shown", F.when(place <= _SHOWN, _c("dossier")))
    shown = F.array_sort(F.collect_list("shown"))
    rows = each.groupBy("check", "value").agg(F.sum("times"), shown).collect()
    # Few rows, if any: to put them in order on the workers would take another pass over everything.
    in_order = sorted(rows, key=lambda row: (row[0], row[1] or ""))
    return [_problem(folder, checks[check], value, count, some) for check, value, count, some in in_order]


def _problem(folder: str, check: _Check, value: str | None, count: int, shown: list[int]) -> Problem:
    some = f"; dossiers {shown}" if shown else ""
    told = check.told.format(repr(value if value is None else mask_text(value)))
    return Problem(table_path(folder, check.table), f"{count} × {told}{some}", check.remedy(value))


def _wrong(tables: Mapping[str, DataFrame], checks: list[_Check]) -> Iterator[DataFrame]:
    """Yield the rows that are wrong: what checks them, the value in question, and the dossier."""
    for n, one in enumerate(checks):
        if one.rows is not None:
            value = _c("value") if "value" in one.rows.columns else F.lit(None).cast("string").alias("value")
            yield one.rows.select(F.lit(n).alias("check"), value, "dossier")
    for table, rows in tables.items():
        asked = {n: one.where for n, one in enumerate(checks) if one.table == table and one.where is not None}
        # What is right is most often all there is: so the rows are only counted at first.
        counts = rows.agg(*map(F.count_if, asked.values())).collect()[0]
        for (n, where), count in zip(asked.items(), counts, strict=True):
            if count:
                yield rows.where(where).select(F.lit(n).alias("check"), _value(checks[n]).alias("value"), "dossier")


def _value(check: _Check) -> Column:
    return F.lit(None).cast("string") if check.value is None else check.value


def _of_dossiers(table: DataFrame, kinds: Kinds) -> Iterator[_Check]:
    yield _where("dossier", _c("dossier").isNull(), "no number", "number the dossiers")
    yield _twice("dossier", table, ["dossier"], "the same number twice", "one row a dossier")
    own = "give every dossier an id of its own"
    yield _where("dossier", F.coalesce("id", F.lit("")) == "", "no id", own)
    yield _twice("dossier", table, ["id"], "the same id twice", own)
    subject = ~F.coalesce("subject", F.lit("")).isin("person", "organisation")
    yield _where("dossier", subject, "subject is neither person nor organisation", "state whose dossier it is")
    fields = {f"{kind.id}.{name}" for kind in kinds.values() for name in field_types(kind.type)}
    known = sorted({*kinds, *fields})
    for column in ("recorded_kinds", "blank_kinds"):
        odd = F.explode(F.filter(_c(column), lambda kept: ~kept.isin(*known))).alias("value")
        told = f"{column} names {{}}, which there is not"
        yield _Check("dossier", told, lambda value: _near_kept(value, kinds), rows=table.select("dossier", odd))


def _of_records(tables: Mapping[str, DataFrame], kinds: Kinds) -> Iterator[_Check]:
    kind, status, records = _c("kind"), _c("status"), tables["record"]
    yield _orphans("record", tables)
    remedy = f"one of {', '.join(STATUSES)}; empty means {STATUSES[0]}"
    yield _Check("record", "no such status: {}", lambda _: remedy, status, where=~status.isin(*STATUSES))
    no_kind = kind.isNull() | ~kind.isin(*kinds)
    yield _Check("record", "no such kind of record: {}", lambda value: _near_kind(value, kinds), kind, where=no_kind)
    yield from _of_fields(kinds)
    yield _where("record", _c("position").isNull(), "no position", _NUMBERED)
    yield _twice("record", records, [*_KEYS], "two records of a kind with the same position", _NUMBERED)
    named = records.select("dossier", F.explode("people").alias("id")).where(_c("id").isNotNull())
    nobody = named.join(tables["member"], ["dossier", "id"], "left_anti")
    yield _rows("record", nobody, "people names no member of the dossier", "add a row to member")


def _of_fields(kinds: Kinds) -> Iterator[_Check]:
    """Yield the checks that nothing is stated in a field that the kind does not have."""
    common = columns_of(Record)
    for name, of in columns()["record"].items():
        if name not in (*_KEYS, *common):
            others = [kind.id for kind in kinds.values() if name not in columns_of(kind.type)]
            odd = _filled(name, of) & _c("kind").isin(*others)
            told = f"{name} is stated of a {{}}, which has no such field"
            yield _Check("record", told, lambda kind: _fields_of(kind, kinds), _c("kind"), where=odd)


def _of_others(tables: Mapping[str, DataFrame]) -> Iterator[_Check]:
    members, sanctions = tables["member"], tables["sanction"]
    yield _orphans("member", tables)
    yield _orphans("sanction", tables)
    yield _where("member", F.coalesce("id", F.lit("")) == "", "no id", "state the id by which records name them")
    yield _twice("member", members, ["dossier", "id"], "the same member twice", "one row a member of a dossier")
    yield _where("sanction", _c("kind").isNull(), "no kind", "state the kind of sanction")
    of_members = members.select("dossier", _c("id").alias("member"), "sanctions_recorded")
    nobody = sanctions.join(of_members, ["dossier", "member"], "left_anti")
    yield _rows("sanction", nobody, "no such member of the dossier", "add a row to member")
    joined = sanctions.select("dossier", "member").join(of_members, ["dossier", "member"])
    unsure = joined.where(~F.coalesce("sanctions_recorded", F.expr("false")))
    told = "a member with sanctions of whom sanctions_recorded is not true"
    yield _rows("member", unsure, told, "it is recorded which sanctions they have: state true")


def _of_cells() -> Iterator[_Check]:
    """Yield the checks of days and lists, whatever they are about."""
    for table, of in columns().items():
        for name, kind in of.items():
            if kind == "list":
                gap = F.exists(_c(name), lambda entry: entry.isNull())
                yield _where(table, gap, f"{name} has an empty entry", "leave it out of the list")
            elif name.endswith("_low"):
                high = name.removesuffix("low") + "high"
                wrong = (_c(name) > _c(high)) | (_c(name).isNull() != _c(high).isNull())
                told = f"{name} is after {high}, or only one of them is stated"
                yield _where(table, wrong, told, "a day has two ends, the same where it is known")


def _where(table: str, where: Column, told: str, remedy: str) -> _Check:
    return _Check(table, told, lambda _: remedy, where=where)


def _rows(table: str, rows: DataFrame, told: str, remedy: str) -> _Check:
    return _Check(table, told, lambda _: remedy, rows=rows)


def _twice(table: str, rows: DataFrame, key: list[str], told: str, remedy: str) -> _Check:
    stated = rows.dropna(subset=key).groupBy(*key).agg(F.count("*").alias("times"), F.min("dossier").alias("of"))
    return _rows(table, stated.where(_c("times") > 1).select(_c("of").alias("dossier")), told, remedy)


def _orphans(table: str, tables: Mapping[str, DataFrame]) -> _Check:
    orphans = tables[table].join(tables["dossier"], "dossier", "left_anti")
    return _rows(table, orphans, "no such dossier", "add it, or leave the rows out")


def _filled(name: str, kind: ColumnKind) -> Column:
    """Tell whether something is stated; an empty list states nothing."""
    stated = _c(name).isNotNull()
    return stated & (F.size(_c(name)) > 0) if kind in ("list", "attachments") else stated


def _near_kind(value: str | None, kinds: Kinds) -> str:
    return nearest(value, kinds) if value else "state the kind"


def _near_kept(value: str | None, kinds: Kinds) -> str:
    kind = (value or "").partition(".")[0]
    return "name a field of its records" if kind in kinds else nearest(kind, kinds)


def _fields_of(kind: str | None, kinds: Kinds) -> str:
    has = columns_of(kinds[kind or ""].type).keys() - columns_of(Record).keys()
    return f"it has {', '.join(sorted(has))}"


def _c(name: str) -> Column:
    return F.col(quoted(name))
