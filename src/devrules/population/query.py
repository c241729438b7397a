"""
A program to one query over the tables of a population: the second interpretation of the same measures and outcomes.

Reading order: `layout` (what is read), `tables` (dossiers as rows), `records_sql`, `people_sql`, `cells_sql`,
`measures_sql`, `outcomes_sql` (each a chain of named queries), and this, which puts them together.
"""

from __future__ import annotations

import attrs
from sqlglot import exp

from devrules.population.cells_sql import series_length
from devrules.population.layout import Layout
from devrules.population.measures_sql import levels
from devrules.population.outcomes_sql import CLASH, held, rules_of, verdicts
from devrules.population.records_sql import records
from devrules.population.sql import Sql, column, ends
from devrules.population.steps import Step, steps
from devrules.program.program import Program


@attrs.frozen
class Query:
    """
    A program, compiled for a population.

    Its result has a row a dossier: the dossier's place ``d``, the two ends of every measure, the verdict of every rule
    (null: unknown), and ``clash``, the name of a rule with two outcomes at once, if there is one.

    Args:
        layout: What is read.
        chain: The named queries over the tables of :mod:`devrules.population.tables`, and ``series``.
        rules: The rules that have outcomes, in the order of their columns.
        series: How many numbers the table ``series`` has, in its only column ``k``; 0 where it is not needed.
        steps: The same as steps, for a database that plans a long query slowly.
        last: What is read of the last one, or when the steps are done.
        verdicts: The same without the measures.
    """

    layout: Layout
    chain: tuple[tuple[str, exp.Select], ...]
    rules: tuple[str, ...]
    series: int
    steps: tuple[Step, ...]
    last: exp.Select
    verdicts: exp.Select

    def sql(self, dialect: str) -> str:
        """Write the query as a whole for a database."""
        query = self.last.copy()
        for name, one in self.chain:
            query = query.with_(name, as_=one.copy(), copy=False)
        return query.sql(dialect, identify=True)


def compile_query(program: Program) -> Query:
    """
    Compile *program* for a population.

    Raises:
        InvalidRuleset: When a measure cannot be taken.
    """
    layout = Layout.of(program)
    chain = [*records(program, layout), *levels(program, layout)]
    chain.append(("judged", held(program.outcomes, chain[-1][0])))
    items: list[Sql] = [column("d")]
    for measure in program.measures:
        value = ends(program.names[measure])
        items += [value.low, value.high]
    last = exp.select(*items, *verdicts(program.outcomes)).from_("judged", copy=False)
    only = exp.select(column("d"), *verdicts(program.outcomes)).from_("judged", copy=False)
    return Query(
        layout, tuple(chain), tuple(rules_of(program.outcomes)), series_length(program), tuple(steps(chain)), last, only
    )


__all__ = ["CLASH", "Query", "compile_query"]
