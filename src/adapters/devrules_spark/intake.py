"""The tables of a population to those that a program reads, by Spark: no object is made, no Python runs on workers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import reduce

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  # as everybody calls it

from devrules.dossier.kinds import Kind, Kinds
from devrules.dossier.shapes import EFFECTIVE
from devrules.population.layout import Layout
from devrules.population.tables import MOVED, OTHER, Table, columns, kept_column, list_column
from devrules_spark.sql import literal, quoted

Tables = Mapping[str, DataFrame]
_BIGINT = "bigint"


class Intake:
    """
    Fills the tables of a program.

    Args:
        layout: What the program reads.
        kinds: The kinds of record.
        as_of: The day to judge on.
        population: The tables of the population.
    """

    def __init__(self, layout: Layout, kinds: Kinds, as_of: date, population: Tables) -> None:
        self._layout = layout
        self._kinds = kinds
        self._as_of = F.lit(as_of.toordinal()).cast(_BIGINT)
        self._words = sorted(layout.words)
        self._columns = columns(layout)
        self._population = population

    def tables(self, subject: str) -> dict[str, DataFrame]:
        """Give each table, with the dossiers of one *subject*: a person or an organisation."""
        dossiers = self._population["dossier"].where(_c("subject") == subject)
        records = self._population["record"].join(dossiers.select("dossier"), "dossier", "left_semi")
        records = records.where(F.coalesce("status", F.lit(EFFECTIVE)) == EFFECTIVE)
        named = self._named(dossiers, records)
        return {
            "dossier": self._dossiers(dossiers),
            "record": reduce(DataFrame.unionByName, self._records(records)),
            "participant": self._participants(named),
            "sanction": self._sanctions(named),
        }

    def _dossiers(self, dossiers: DataFrame) -> DataFrame:
        kinds = F.transform("recorded_kinds", lambda kept: F.split_part(kept, F.lit("."), F.lit(1)))
        found = {"d": _c("dossier"), "as_of": self._as_of}
        found |= {kept_column(kept): _kept(kept) for kept in self._layout.kept}
        for path, of in self._layout.scalars.items():
            found |= self._cells(path, path.replace(".", "_"), of)
        # Taken apart once a dossier, not once a kind.
        return self._select("dossier", dossiers.withColumn("kinds_kept", kinds), found)

    def _records(self, records: DataFrame) -> Iterator[DataFrame]:
        """Yield the records of the kinds that are read, and those that a kind takes over from another."""
        kinds = {kind: self._kinds[kind] for kind in self._layout.kinds}
        own = records.where(_c("kind").isin(*kinds))
        yield self._of_kinds(own, {kind: of.id for kind, of in kinds.items()}, _c("position"))
        for kind in kinds.values():
            if kind.takes_from is not None and kind.takes:
                taken = records.where((_c("kind") == kind.takes_from) & _c("outcome").isin(*kind.takes))
                yield self._of_kinds(taken, {kind.takes_from: kind.id}, _c("position") + MOVED)

    def _of_kinds(self, records: DataFrame, counts_as: Mapping[str, str], position: Column) -> DataFrame:
        """Take records; *counts_as* tells for each kind that occurs of which kind they are taken to be."""
        layout = self._layout
        found = {"kind": _chosen({kind: layout.kinds[of] for kind, of in counts_as.items()})}
        found |= {"d": _c("dossier"), "n": position.cast(_BIGINT), "as_of": self._as_of}
        days: dict[tuple[str, ...], list[str]] = {}
        for kind, of in counts_as.items():
            days.setdefault(_days(self._kinds[of]), []).append(kind)
        for end in ("low", "high"):
            act = [(kinds, _first_day(names, end)) for names, kinds in days.items()]
            found[f"act_{end}"] = F.coalesce(*(F.when(_c("kind").isin(*kinds), day) for kinds, day in act))
        found["distinct_people"] = F.size(F.array_distinct("people")).cast(_BIGINT)
        for name, of_field in layout.fields.items():
            found |= self._cells(name, name, of_field)
        for _, name, words in layout.lists:
            has_all = reduce(Column.__and__, (F.array_contains(_c(name), word) for word in words))
            found[list_column(name, words)] = F.when(F.size(_c(name)) > 0, has_all.cast(_BIGINT))
        return self._select("record", records, found)

    def _named(self, dossiers: DataFrame, records: DataFrame) -> DataFrame:
        """Give a row for each member whom a record of the tested kinds names."""
        tested = {kind: self._layout.kinds[kind] for kind in self._layout.tested}
        people = records.where(_c("kind").isin(*tested)).select(
            _c("dossier").alias("d"),
            _chosen(tested).alias("kind"),
            _c("position").alias("n"),
            F.posexplode(F.array_distinct("people")).alias("person", "member"),
        )
        own = dossiers.select(_c("dossier").alias("d"), _c("id").alias("own_id"), "person_name")
        members = self._population["member"].withColumnRenamed("dossier", "d").withColumnRenamed("id", "member")
        return people.join(own, "d").join(members, ["d", "member"])

    def _participants(self, named: DataFrame) -> DataFrame:
        own = _c("member") == _c("own_id")
        same_name = (_c("name") != "") & (_c("name") == _c("person_name"))
        told = {
            "since_low": _ordinal("full_since_low"),
            "since_high": _ordinal("full_since_high"),
            "unknown_sanctions": F.when(_c("sanctions_recorded"), 0).otherwise(1),
            "own": own.cast(_BIGINT),
            "namesake": F.coalesce(own | same_name, F.expr("false")).cast(_BIGINT),
        }
        return self._select("participant", named, told)

    def _sanctions(self, named: DataFrame) -> DataFrame:
        told = {"sanction": self._word(_c("of_sanction"))}
        for end in ("low", "high"):
            told |= {f"approved_{end}": _ordinal(f"approved_{end}")}
            told |= {f"restored_{end}": _ordinal(f"rights_restored_{end}")}
        sanctions = self._population["sanction"].withColumnRenamed("dossier", "d")
        joined = named.join(sanctions.withColumnRenamed("kind", "of_sanction"), ["d", "member"])
        return self._select("sanction", joined, told)

    def _select(self, table: str, rows: DataFrame, found: Mapping[str, Column]) -> DataFrame:
        listed = [
            (found[name] if name in found else _c(name)).cast("string" if of == "text" else _BIGINT).alias(name)
            for name, of in self._columns[table].items()
        ]
        return rows.select(*listed)

    def _cells(self, name: str, source: str, of: str) -> dict[str, Column]:
        if of == "day":
            return {f"{name}_{end}": _ordinal(f"{source}_{end}") for end in ("low", "high")}
        match of:
            case "text":
                return {name: self._word(_c(source))}
            case "people" | "attachments":
                return {name: F.nullif(F.size(_c(source)), F.lit(0))}
        return {name: _c(source)}

    def _word(self, text: Column) -> Column:
        return F.when(text.isin(*self._words), text).when(text.isNotNull(), OTHER)


def calendar(spark: SparkSession, table: Table) -> DataFrame:
    """Give the table of the working days, to be sent to every worker."""
    rows = json.dumps([dict(zip(table.columns, row, strict=True)) for row in table.rows])
    of = ", ".join(f"{quoted(name)}: bigint" for name in table.columns)
    # As one text: a frame made of Python objects would start Python on the workers.
    return F.broadcast(spark.sql(f"SELECT inline(from_json({literal(rows)}, 'array<struct<{of}>>'))"))


def _c(name: str) -> Column:
    return F.col(quoted(name))


def _chosen(numbers: Mapping[str, int]) -> Column:
    """Tell the number of the kind of a record."""
    listed = [F.lit(one) for pair in numbers.items() for one in pair]
    return F.create_map(*listed).cast("map<string,bigint>")[_c("kind")]


def _days(kind: Kind) -> tuple[str, ...]:
    return (kind.type.ACT_DAY, *kind.type.OTHER_DAYS)


def _first_day(names: Sequence[str], end: str) -> Column:
    return F.coalesce(*(_ordinal(f"{name}_{end}") for name in names))


def _ordinal(column: str) -> Column:
    return F.datediff(_c(column), F.lit("0001-01-01").cast("date")) + 1


def _kept(kept: str) -> Column:
    kind = kept.partition(".")[0]
    if "." in kept:
        has = F.arrays_overlap("recorded_kinds", F.array(F.lit(kept), F.lit(kind)))
    else:
        has = F.array_contains("kinds_kept", kind)
    return F.coalesce(has, F.expr("false")).cast(_BIGINT)
