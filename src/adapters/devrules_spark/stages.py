"""
The law in Spark: a chain of named queries as views, cut where the plan would grow too wide.

Spark takes the same expression as every other database, but it plans a query of many joins and of thousands of columns
for longer than it runs. So whatever only adds columns is worked out at once and put down (a checkpoint), without the
columns that nobody asks for again; what is joined to the dossiers is so in portions. All tables are divided and sorted
by dossier once, in the beginning, so that no row travels afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyspark.sql import DataFrame, SparkSession
from sqlglot import exp

from devrules.population.query import Query
from devrules.population.sql import alias, column
from devrules_spark.sql import quoted, spark_sql

_DOSSIER = "dossier"
AT_ONCE = 10
"""How many tables are joined to the dossiers in one statement."""
SETTINGS = {
    # As the database that the expressions were first written for: an overflow is an error, and no day has a time.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    # Rows stay where they are: what is divided by dossier is divided by dossier and record, too.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.requireAllClusterKeysForCoPartition": "false",
    "spark.sql.requireAllClusterKeysForDistribution": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
    # Hundreds of expressions in one method of Java are more than it compiles; each by itself is not.
    "spark.sql.codegen.wholeStage": "false",
}


def judged(spark: SparkSession, query: Query) -> DataFrame:
    """
    Judge the dossiers that are laid out as views, and give a row for each.

    Args:
        spark: A session with :data:`SETTINGS`, in which the tables are views, divided and sorted by ``d``.
        query: The program.

    Returns:
        The result of :attr:`devrules.population.query.Query.verdicts`.
    """
    asked = _asked_later([*(one for _, one in query.chain), query.verdicts])
    for (name, one), later in zip(query.chain, asked, strict=True):
        joins: Sequence[exp.Join] = one.args.get("joins") or ()
        if joins and _source(one) == _DOSSIER:
            _cut(spark, name, spark_sql(_of_portions(spark, one, joins)), later)
        elif _only_adds(one) and name != query.chain[-1][0]:
            _cut(spark, name, spark_sql(_beside(one) if joins else one), later)
        else:
            spark.sql(spark_sql(one)).createOrReplaceTempView(name)
    return spark.sql(spark_sql(query.verdicts))


def put_down(table: DataFrame) -> DataFrame:
    """Work a table out, and forget how; where the session has a directory for checkpoints, it lies there."""
    return table.checkpoint() if table.sparkSession.sparkContext.getCheckpointDir() else table.localCheckpoint()


def _asked_later(queries: Sequence[exp.Select]) -> list[set[str]]:
    """Tell for each query but the last which columns those after it name."""
    asked: list[set[str]] = [set()]
    for query in reversed(queries[1:]):
        asked.append(asked[-1] | {one.name for one in query.find_all(exp.Column)})
    return asked[:0:-1]


def _source(query: exp.Select) -> str:
    """Name the table that *query* starts from."""
    source = query.args["from_"].this
    return source.name if isinstance(source, exp.Table) else ""


def _only_adds(query: exp.Select) -> bool:
    """Tell whether *query* gives the rows of a table with more columns."""
    return bool(query.expressions[0].is_star and not query.args.get("where") and _source(query))


def _beside(query: exp.Select) -> exp.Select:
    """Work out what *query* adds, and join that to the table: else each of its joins would copy every column."""
    key, source = "d of what is new", query.args["from_"].this
    new = query.copy()
    new.set("expressions", [alias(column("d", source.alias_or_name), key), *new.expressions[1:]])
    stars = [exp.Column(this=exp.Star(), table=exp.to_identifier(name)) for name in ("below", "new")]
    same = column(key, "new").eq(column("d", "below"))
    return exp.select(*stars).from_(exp.to_table(source.name).as_("below")).join(new.subquery("new"), on=same)


def _cut(spark: SparkSession, name: str, sql: str, later: set[str]) -> None:
    table = spark.sql(sql)
    listed = [quoted(one) for one in table.columns if one in later]
    put_down(table.select(*listed)).createOrReplaceTempView(name)


def _of_portions(spark: SparkSession, query: exp.Select, joins: Sequence[exp.Join]) -> exp.Select:
    """
    Join the tables in portions, and give *query* over these.

    In a portion each table is one column, a struct of its name: so whatever names a column of the table names it still.
    """
    made = query.copy()
    made.set("joins", None)
    for n, portion in enumerate(_in_portions(joins)):
        name, key = f"portion_{n}", f"d of portion_{n}"
        listed = ", ".join(f"struct({quoted(one.this.name)}.*) AS {quoted(one.this.name)}" for one in portion)
        joined = " ".join(spark_sql(one) for one in portion)
        sql = f"SELECT x.d AS {quoted(key)}, {listed} FROM {_DOSSIER} AS x {joined}"  # noqa: S608
        put_down(spark.sql(sql)).createOrReplaceTempView(name)
        made = made.join(name, on=column(key, name).eq(column("d", "x")), copy=False)
    return made


def _in_portions(joins: Sequence[exp.Join]) -> Iterator[Sequence[exp.Join]]:
    for start in range(0, len(joins), AT_ONCE):
        yield joins[start : start + AT_ONCE]
