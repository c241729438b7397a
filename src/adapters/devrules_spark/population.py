"""A population to verdicts, wherever Spark finds and puts them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  # as everybody calls it

from devrules.errors import EngineDisagreement, EngineFailure, InvalidInput
from devrules.population.api import PopulationVerdicts
from devrules.population.outcomes_sql import CLASH
from devrules.population.query import Query, compile_query
from devrules.population.tables import calendar_table
from devrules.program.program import Program
from devrules_spark.files import Folders, read
from devrules_spark.intake import Intake, Tables, calendar
from devrules_spark.session import session
from devrules_spark.sql import quoted
from devrules_spark.stages import SETTINGS, judged, put_down
from devrules_spark.tables import first_line, opened
from devrules_spark.validate import problems

_KEY = ("dossier", "id", CLASH)


def judge_population(
    folder: str | Path,
    programs: Mapping[str, Program],
    as_of: date,
    out: str | Path,
    *,
    spark: SparkSession | None = None,
) -> PopulationVerdicts:
    """
    Judge every dossier of a population, and write its verdicts.

    Args:
        folder: The population, in the format :data:`devrules.population.contract.FORMAT`: a path, or the address of a
            folder that Spark reads. Each table is a file or, as Spark writes them, a folder of files.
        programs: The rules, by whom they judge: ``person`` and ``organisation``.
        as_of: The day to judge on.
        out: The folder of the verdicts; one file a partition and subject, one row a dossier, one column a rule.
        spark: The session to use; by default the one that is active, else one on this machine.

    Raises:
        EngineDisagreement: When two outcomes of one rule hold at once.
        EngineFailure: When Spark stops halfway; nothing was written.
        InvalidInput: With everything that is wrong with the population.
        UsageError: When there is something at *out*, or Spark does not start.
    """
    with session(spark, SETTINGS) as own:
        try:
            return _judge(own, str(folder), programs, as_of, str(out))
        except (PySparkException, Py4JError) as error:
            raise EngineFailure(f"spark {own.version} stopped halfway: {first_line(error)}") from error


def _judge(
    spark: SparkSession, folder: str, programs: Mapping[str, Program], as_of: date, out: str
) -> PopulationVerdicts:
    folders = Folders(spark)
    counts: dict[str, dict[str, int]] = {}
    dossiers = 0
    with folders.whole(out) as made:
        tables = opened(spark, folder, folders)
        if found := problems(tables, folder, next(iter(programs.values())).kinds):
            raise InvalidInput(found)
        for subject, program in programs.items():
            if number := tables["dossier"].where(F.col("subject") == subject).count():
                dossiers += number
                of_subject = f"{made}/{subject}"
                _verdicts(spark, program, tables, subject, as_of).write.parquet(of_subject)
                _count(read(spark, of_subject), counts)
                folders.lift(of_subject)
    return PopulationVerdicts(dossiers, counts, f"spark {spark.version}")


def _verdicts(spark: SparkSession, program: Program, tables: Tables, subject: str, as_of: date) -> DataFrame:
    query = compile_query(program)
    for name, table in Intake(query.layout, program.kinds, as_of, tables).tables(subject).items():
        put_down(table.repartition("d").sortWithinPartitions("d")).createOrReplaceTempView(name)
    calendar(spark, calendar_table(program.calendar)).createOrReplaceTempView("calendar")
    ids = tables["dossier"].select(F.col("dossier").alias("d"), "dossier", "id")
    return judged(spark, query).join(ids, "d").select("dossier", "id", *_rules(query), CLASH)


def _rules(query: Query) -> list[F.Column]:
    """Write the verdicts: what is known of no outcome is unknown."""
    return [F.coalesce(f"v{n}", F.lit("unknown")).alias(rule) for n, rule in enumerate(query.rules)]


def _count(verdicts: DataFrame, counts: dict[str, dict[str, int]]) -> None:
    clash = verdicts.where(F.col(CLASH).isNotNull()).select(CLASH).first()
    if clash is not None:
        raise EngineDisagreement(clash[0], [])
    rules = [quoted(name) for name in verdicts.columns if name not in _KEY]
    told = verdicts.unpivot([], rules, "rule", "verdict").groupBy("rule", "verdict").count()
    for rule, verdict, count in told.collect():
        counts.setdefault(rule, {})[verdict] = count
