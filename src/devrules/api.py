"""The facade: load rules, check one dossier, audit many. It alone knows plugins, and hands what they bring downward."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

import attrs

from devrules.days import ChineseCalendar, WorkingDays
from devrules.dossier.convert import load_dossier, read_dossier
from devrules.dossier.model import Dossier
from devrules.engine.api import Engine
from devrules.engine.choose import make_engine
from devrules.errors import EngineDisagreement, InvalidInput, MissingExtra, Problem, UsageError
from devrules.findings.gates import GateView, gate_view
from devrules.findings.judge import Judge, waive
from devrules.findings.model import Finding, Judgement, Waiver
from devrules.ledger.columns import Columns, load_columns
from devrules.ledger.read import Unread, read_ledger
from devrules.ledger.sheet import Sheet
from devrules.plain import nearest
from devrules.plugin import Plugins, RulesetSource
from devrules.population.api import ColumnEngine, Judged
from devrules.program.evaluate import Evaluator
from devrules.program.from_ruleset import compile_rulesets, compile_what_can_be
from devrules.program.model import Compiled, Program
from devrules.program.view import View
from devrules.ruleset.from_toml import load_ruleset, read_what_can_be
from devrules.ruleset.lint import lint
from devrules.ruleset.model import Gate, Ruleset, Stage

EngineName: TypeAlias = Literal["auto", "durable", "reference"] | str
COLUMNS_FROM = 1000
"""From so many dossiers on, a column-wise engine judges where the choice is left to the library."""


def load(
    *,
    overlays: Sequence[str] = (),
    plugins: Iterable[object] = (),
    calendar: WorkingDays | None = None,
    engine: EngineName = "auto",
) -> Rules:
    """
    Load the national rules, all editions, and the overlays that are named.

    Args:
        overlays: Ids of overlays: rules of a province, a school, a portal.
        plugins: Plugins that are not installed: modules or objects with hook implementations.
        calendar: The working days; by default those that the State Council published.
        engine: ``auto`` (durable-rules, cross-checked, where it can be imported, else the reference), ``durable``,
            ``reference``, or the name of a column-wise engine that a plugin brings, as ``duckdb``.

    Raises:
        InvalidRuleset: With everything that is wrong with the rulesets.
        UsageError: When there is no such overlay or engine.
    """
    manager = Plugins(plugins)
    sources: list[RulesetSource] = [one for offered in manager.call("devrules_rulesets") for one in offered]
    known = {source.id: source for source in sources if not source.national}
    for overlay in overlays:
        if overlay not in known:
            hint = nearest(overlay, known) or f"there are: {', '.join(sorted(known)) or 'none'}"
            raise UsageError(f"there is no overlay {overlay!r}; {hint}")
    chosen = [source for source in sources if source.national] + [known[overlay] for overlay in overlays]
    if not chosen:
        raise UsageError("no plugin brings a national ruleset: is devrules installed as a whole?")
    rulesets = [
        load_ruleset(source.path, ruleset_id=source.id, version=source.version, national=source.national)
        for source in chosen
    ]
    return Rules(compile_rulesets(rulesets, calendar or ChineseCalendar()), manager, engine)


def lint_rulesets(paths: Sequence[Path] = (), *, today: date | None = None, plugins: Iterable[object] = ()) -> list[Problem]:
    """
    List everything that is wrong with rulesets: how they are written, what they refer to, which cases they lack.

    Args:
        paths: Folders of rulesets; a folder without kinds of its own is read as an overlay on the national rules. By default
            every ruleset that plugins bring.
        today: If given, citations whose day of review is past count as wrong.
        plugins: Plugins that are not installed.
    """
    sources = [one for offered in Plugins(plugins).call("devrules_rulesets") for one in offered]
    if paths:
        national = [] if any((path / "kinds.toml").exists() for path in paths) else [one for one in sources if one.national]
        sources = national + [RulesetSource(path.name, path, "0") for path in paths]
    problems: list[Problem] = []
    rulesets: list[Ruleset] = []
    for source in sorted(sources, key=lambda one: not one.national):
        ruleset, found = read_what_can_be(source.path, ruleset_id=source.id, version=source.version)
        rulesets.append(ruleset)
        problems += found
        problems += lint(ruleset, today=today)
    problems += compile_what_can_be(rulesets, ChineseCalendar())[1]
    return list(dict.fromkeys(problems))


class Rules:
    """
    Rules, ready to judge. Made by :func:`load`.

    Args:
        program: The compiled rules.
        plugins: The plugins of this load.
        engine: The engine that judges, by name.
    """

    def __init__(self, program: Program, plugins: Plugins, engine: EngineName = "auto") -> None:
        self.program = program
        self.plugins = plugins
        self._wanted = engine
        self._columns: ColumnEngine | None = None
        if engine not in ("auto", "durable", "reference"):
            self._columns = self._column_engine(engine)

    @property
    def rulesets(self) -> tuple[Ruleset, ...]:
        """The rulesets, the national ones first."""
        return self.program.rulesets

    @property
    def engine(self) -> str:
        """The engine that judges one dossier, and its version."""
        return self._columns.name if self._columns else self._engine.name

    def rule(self, rule_id: str) -> Compiled:
        """
        Find a rule by its id.

        Raises:
            UsageError: When there is none.
        """
        found = self.program.rule(rule_id)
        if found is None:
            ids = [compiled.id for compiled in self.program.rules]
            raise UsageError(f"there is no rule {rule_id!r} {nearest(rule_id, ids)}".rstrip())
        return found

    def read_dossier(self, source: Path | str | Mapping[str, Any]) -> Dossier:
        """
        Read a dossier in the form ``devrules.dossier/1``.

        Args:
            source: The path of a JSON file, or what ``json.loads`` made of one.

        Raises:
            InvalidInput: With every problem found, each with its path.
        """
        if isinstance(source, Mapping):
            return read_dossier(source, self.program.kinds)
        return load_dossier(Path(source), self.program.kinds)

    def check(self, dossier: Dossier, *, as_of: date, waivers: Sequence[Waiver] = ()) -> Report:
        """
        Judge one dossier by every rule.

        Args:
            dossier: One person's records.
            as_of: The day to judge on; nothing later than it is expected yet.
            waivers: An auditor's waivers.

        Returns:
            The report: one finding a rule, in the order of the rulesets.

        Raises:
            EngineDisagreement: When two engines differ. That is a defect of the library: please report it.
        """
        reports, disagreements = self._judge_all([dossier], as_of, self._columns, waivers)
        for _, error in disagreements:
            raise error
        return reports[0]

    def audit(
        self, *sources: Path | str | Iterable[Dossier], as_of: date, waivers: Sequence[Waiver] = ()
    ) -> Audit:
        """
        Judge many dossiers.

        Args:
            sources: Files (ledgers in any form that a plugin reads, dossiers in JSON) or dossiers.
            as_of: The day to judge on.
            waivers: An auditor's waivers.

        Returns:
            The audit. What could not be read or judged stands in it; the rest was judged all the same.
        """
        dossiers: list[Dossier] = []
        unread: list[Unread] = []
        problems: list[Problem] = []
        for source in sources:
            try:
                found, not_understood = self._read(source)
            except InvalidInput as error:
                problems += error.problems
            else:
                dossiers += found
                unread += not_understood
        engine = self._columns or self._engine_for(len(dossiers))
        reports, disagreements = self._judge_all(dossiers, as_of, engine, waivers)
        name = engine.name if engine else self.engine
        return Audit(self, as_of, name, tuple(reports), tuple(unread), tuple(problems), tuple(disagreements))

    @cached_property
    def columns(self) -> Columns:
        """The columns that ledgers have, as the rulesets name them."""
        return load_columns([ruleset.path / "columns.toml" for ruleset in self.rulesets], self.program.kinds)

    @cached_property
    def _engine(self) -> Engine:
        wanted = "auto" if self._columns else self._wanted
        return make_engine(wanted, self.program.outcomes)  # type: ignore[arg-type]  # it is one of the three

    @cached_property
    def _evaluator(self) -> Evaluator:
        return Evaluator(self.program.measures, self.program.kinds, self.program.calendar)

    @cached_property
    def _judge(self) -> Judge:
        return Judge(self.program)

    def _column_engine(self, name: str) -> ColumnEngine:
        found: ColumnEngine | None = self.plugins.call("devrules_column_engine", name=name)
        if found is None:
            raise UsageError(f"there is no engine {name!r}; there are auto, durable, reference and those of plugins")
        return found

    def _engine_for(self, dossiers: int) -> ColumnEngine | None:
        """Choose the column-wise engine where the choice is ours and there are many dossiers."""
        if self._wanted != "auto" or dossiers <= COLUMNS_FROM:
            return None
        try:
            return self._column_engine("duckdb")
        except (MissingExtra, UsageError):
            return None

    def _judge_all(
        self, dossiers: Sequence[Dossier], as_of: date, engine: ColumnEngine | None, waivers: Sequence[Waiver]
    ) -> tuple[list[Report], list[tuple[str, EngineDisagreement]]]:
        judged = engine.judge(self.program, dossiers, [as_of] * len(dossiers)) if engine else [None] * len(dossiers)
        past = _PastGates(self, engine, waivers)
        disagreements: list[tuple[str, EngineDisagreement]] = []
        for dossier, one in zip(dossiers, judged, strict=True):
            try:
                findings = self._findings(dossier, as_of, one, waivers)
            except EngineDisagreement as error:
                disagreements.append((dossier.id, error))
            else:
                past.reports.append(Report(self, dossier, as_of, findings, past))
        return past.reports, disagreements

    def _findings(
        self, dossier: Dossier, as_of: date, judged: Judged | None, waivers: Sequence[Waiver]
    ) -> tuple[Finding, ...]:
        view = View(dossier, as_of, self.program.kinds)
        values = judged.values if judged else self._evaluator.values(view)
        fact = self._judge.fact(values)
        verdicts = judged.verdicts if judged else self._engine.judge(fact)
        judgement = Judgement(self.program, dossier, as_of, values, view)
        findings = self._judge.findings(judgement, verdicts, fact)
        return waive(findings, waivers) if waivers else findings

    def _read(self, source: Path | str | Iterable[Dossier]) -> tuple[Sequence[Dossier], Sequence[Unread]]:
        if not isinstance(source, Path | str):
            return list(source), ()
        path = Path(source)
        if not path.is_file():
            raise InvalidInput([Problem(str(path), "is not a file that can be read", "check the path")])
        if path.suffix.lower() == ".json":
            return [self.read_dossier(path)], ()
        sheets: list[Sheet] | None = self.plugins.call("devrules_read_sheets", path=path)
        if sheets is None:
            raise InvalidInput([Problem(str(path), "no plugin reads such files", "xlsx, xls, ods, csv and json are read")])
        ledger = read_ledger(sheets, self.columns, self.program.kinds)
        return ledger.dossiers, ledger.unread


class _PastGates:
    """
    Judges dossiers as of the days on which they went through gates, all those of an audit at once.

    Args:
        rules: The rules.
        engine: The column-wise engine that judges, if one does.
        waivers: The waivers to consider.
    """

    def __init__(self, rules: Rules, engine: ColumnEngine | None, waivers: Sequence[Waiver]) -> None:
        self.reports: list[Report] = []
        self._rules, self._engine, self._waivers = rules, engine, waivers

    def findings(self, report: Report, gate: Gate) -> tuple[Finding, ...]:
        """Give the findings on the day on which *report*'s dossier went through *gate*."""
        then = report.passed(gate)
        if then is None or then >= report.as_of:
            return report.findings
        judged = self._judged[id(report), then] if self._engine else None
        return self._rules._findings(report.dossier, then, judged, self._waivers)  # noqa: SLF001  # one class in two

    @cached_property
    def _judged(self) -> dict[tuple[int, date], Judged]:
        gates = self._rules.program.gates
        wanted = [(report, then) for report in self.reports for gate in gates if (then := report.passed(gate))]
        assert self._engine is not None  # noqa: S101  # only read where there is one
        judged = self._engine.judge(
            self._rules.program, [report.dossier for report, _ in wanted], [then for _, then in wanted]
        )
        return {(id(report), then): one for (report, then), one in zip(wanted, judged, strict=True)}


@attrs.frozen(eq=False)
class Report:
    """
    One dossier, judged.

    Args:
        rules: The rules that judged it.
        dossier: The dossier.
        as_of: The day on which it was judged.
        findings: One a rule, in the order of the rulesets.
    """

    rules: Rules
    dossier: Dossier
    as_of: date
    findings: tuple[Finding, ...]
    _past: _PastGates

    @property
    def engine(self) -> str:
        """The engine that judged."""
        return self.rules.engine

    @property
    def lamps(self) -> tuple[Finding, ...]:
        """The findings whose lamp is red or yellow."""
        return tuple(finding for finding in self.findings if finding.lamp in ("red", "yellow"))

    @property
    def stage(self) -> Stage | None:
        """The stage that the records have reached; ``None`` before the first."""
        records = self.findings[0].judgement.view.records if self.findings else {}
        reached = [stage for stage in self.rules.program.stages if any(kind in records for kind in stage.entered_by)]
        return reached[-1] if reached else None

    @property
    def gates(self) -> tuple[GateView, ...]:
        """Every gate as it looks now, or as it looked when the dossier went through it."""
        return tuple(self._gate(gate) for gate in self.rules.program.gates)

    def gate(self, gate_id: str) -> GateView:
        """
        Look at one gate: what is missing before it counts as failed; a gate that was passed is judged as of its submission.

        Args:
            gate_id: Which gate, for example ``pre-examination``.

        Raises:
            UsageError: When there is no such gate.
        """
        gates = {gate.id: gate for gate in self.rules.program.gates}
        if gate_id not in gates:
            raise UsageError(f"there is no gate {gate_id!r}; there are {', '.join(gates)}")
        return self._gate(gates[gate_id])

    def finding(self, rule_id: str) -> Finding:
        """
        Find what a rule found.

        Raises:
            UsageError: When there is no such rule.
        """
        self.rules.rule(rule_id)
        return next(finding for finding in self.findings if finding.rule == rule_id)

    def passed(self, gate: Gate) -> date | None:
        """Tell the day by which the dossier went through *gate*; ``None`` where it did not."""
        counting = self.findings[0].judgement.view.records.get(gate.submission) if self.findings else None
        if not counting:
            return None
        ends = counting[-1].ends
        return self.as_of if ends is None else date.fromordinal(ends[1])

    def _gate(self, gate: Gate) -> GateView:
        findings = self._past.findings(self, gate) if self.passed(gate) else self.findings
        return gate_view(gate, findings, self.rules.program, passed=self.passed(gate) is not None)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __str__(self) -> str:
        from devrules.report.text import report_text

        return report_text(self)


@attrs.frozen(eq=False)
class Audit:
    """
    Many dossiers, judged.

    Args:
        rules: The rules that judged them.
        as_of: The day on which they were judged.
        engine: The engine that judged, and its version.
        reports: One a dossier, in the order of the sources.
        unread: Cells and rows that were not understood.
        problems: Files that could not be read at all.
        disagreements: Dossiers on which two engines differed, by id: defects of the library.
    """

    rules: Rules
    as_of: date
    engine: str
    reports: tuple[Report, ...]
    unread: tuple[Unread, ...] = ()
    problems: tuple[Problem, ...] = ()
    disagreements: tuple[tuple[str, EngineDisagreement], ...] = ()

    @property
    def rulesets(self) -> tuple[Ruleset, ...]:
        """The rulesets by which they were judged."""
        return self.rules.rulesets

    @property
    def findings(self) -> Iterator[Finding]:
        """All findings, dossier by dossier."""
        return (finding for report in self.reports for finding in report.findings)

    @property
    def complete(self) -> bool:
        """Whether every file and row could be judged; a cell that was not understood does not count."""
        return not self.problems and all(one.column is not None for one in self.unread)

    def __str__(self) -> str:
        from devrules.report.text import audit_text

        return audit_text(self)


__all__ = ["Audit", "Report", "Rules", "lint_rulesets", "load"]
