"""What users hold after judging: the report of one dossier, the audit of many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import attrs

from devrules.dossier.model import Dossier
from devrules.errors import EngineDisagreement, Problem, UsageError
from devrules.findings.finding import Finding
from devrules.findings.gates import GateView, gate_view
from devrules.findings.model import Waiver
from devrules.ledger.model import Columns
from devrules.ledger.read import Unread
from devrules.ledger.sheet import Sheet
from devrules.population.api import ColumnEngine, Judged
from devrules.program.model import Compiled
from devrules.program.program import Program
from devrules.report.baseline import Baseline
from devrules.report.formats import How, ReportFormat, Track, find_format
from devrules.report.rows import finding_rows
from devrules.report.subject import Compared
from devrules.report.targets import keep_apart
from devrules.report.writing import write_whole
from devrules.ruleset.model import Gate, Ruleset, Stage

if TYPE_CHECKING:
    from devrules.report.marks import MarkedSheet


class Judging(Protocol):
    """What a report asks of the rules that made it."""

    @property
    def program(self) -> Program:
        """The compiled rules."""

    @property
    def engine(self) -> str:
        """The engine that judges one dossier, and its version."""

    @property
    def formats(self) -> Mapping[str, ReportFormat]:
        """The formats of reports, by their names."""

    def rule(self, rule_id: str) -> Compiled:
        """Find a rule by its id."""

    def columns_by(self, mapping: Path | str | None) -> Columns:
        """Give the columns that ledgers have by a mapping file, or without one."""

    def sheets(self, path: Path) -> list[Sheet]:
        """Read the sheets of a ledger, nothing understood."""

    def marked(self, sheets: Iterable[MarkedSheet]) -> Iterable[bytes]:
        """Write copies of sheets with marks on their cells."""

    def findings(
        self, dossier: Dossier, as_of: date, judged: Judged | None = None, waivers: Sequence[Waiver] = ()
    ) -> tuple[Finding, ...]:
        """Judge one dossier by every rule."""


class PastGates:
    """
    Judges dossiers as of the days on which they went through gates, all those of an audit at once.

    Args:
        rules: The rules.
        engine: The column-wise engine that judges, if one does.
        waivers: The waivers to consider.
    """

    def __init__(self, rules: Judging, engine: ColumnEngine | None, waivers: Sequence[Waiver]) -> None:
        self.reports: list[Report] = []
        self.waivers = waivers
        self._rules, self._engine = rules, engine

    def findings(self, report: Report, gate: Gate) -> tuple[Finding, ...]:
        """Give the findings on the day on which *report*'s dossier went through *gate*."""
        then = report.passed(gate)
        if then is None or then >= report.as_of:
            return report.judged
        judged = self._judged[id(report.dossier), then] if self._engine else None
        return self._rules.findings(report.dossier, then, judged, self.waivers)

    @cached_property
    def _judged(self) -> dict[tuple[int, date], Judged]:
        gates = self._rules.program.gates
        wanted = [(report, then) for report in self.reports for gate in gates if (then := report.passed(gate))]
        assert self._engine is not None  # noqa: S101  # only read where there is one
        judged = self._engine.judge(
            self._rules.program, [report.dossier for report, _ in wanted], [then for _, then in wanted]
        )
        return {(id(report.dossier), then): one for (report, then), one in zip(wanted, judged, strict=True)}


@attrs.frozen(eq=False)
class Report:
    """
    One dossier, judged.

    Args:
        rules: The rules that judged it.
        dossier: The dossier.
        as_of: The day on which it was judged.
        findings: One a rule, in the order of the rulesets; fewer where only some are of interest (:meth:`only`).
        judged: One a rule, whatever is of interest; the stage and the gates rest on them.
    """

    rules: Judging
    dossier: Dossier
    as_of: date
    findings: tuple[Finding, ...]
    _past: PastGates
    judged: tuple[Finding, ...] = attrs.Factory(lambda self: self.findings, takes_self=True)

    def only(self, wanted: Callable[[Finding], bool]) -> Report:
        """Leave out the findings that are not *wanted*; the stage and the gates stay as they are."""
        return attrs.evolve(self, findings=tuple(filter(wanted, self.findings)))

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
        """The stage that the records have reached, also by a special way; ``None`` before the first."""
        records = self.judged[0].judgement.view.records if self.judged else {}
        program = self.rules.program
        reached = [one for one in program.stages if not records.keys().isdisjoint(entries(one, program.rulesets))]
        return reached[-1] if reached else None

    @property
    def over(self) -> bool:
        """Whether the process has surely ended: nothing is to come any more."""
        compiled = self.judged[0].compiled if self.judged else None
        if compiled is None or compiled.over is None:
            return False
        return self.judged[0].judgement.value(compiled.over) == (1, 1)

    @property
    def gates(self) -> tuple[GateView, ...]:
        """
        The gates up to the next one, each as it looks now or as it looked when the dossier went through it.

        What lies behind the next gate is not owed yet; when the process has ended, there is none. An organisation goes
        through none.
        """
        if self.dossier.subject == "organisation" or not self.judged:
            return ()
        reached = self.judged[0].judgement.view.reached
        steps = {gate.id: self.rules.program.kinds[gate.submission].step or 0 for gate in self.rules.program.gates}
        behind = [gate for gate in self.rules.program.gates if steps[gate.id] <= reached]
        ahead = [gate for gate in self.rules.program.gates if steps[gate.id] > reached]
        return tuple(map(self._gate, behind if self.over else [*behind, *ahead[:1]]))

    def gate(self, gate_id: str) -> GateView:
        """
        Look at one gate: what is missing before it counts as failed.

        A gate that was passed is judged as of its submission.

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
        return next(finding for finding in self.judged if finding.rule == rule_id)

    def passed(self, gate: Gate) -> date | None:
        """Tell the day by which the dossier went through *gate*; ``None`` where it did not."""
        counting = self.judged[0].judgement.view.records.get(gate.submission) if self.judged else None
        if not counting:
            return None
        ends = counting[-1].ends
        return self.as_of if ends is None else date.fromordinal(ends[1])

    def _gate(self, gate: Gate) -> GateView:
        findings = self._past.findings(self, gate) if self.passed(gate) else self.judged
        passed = self.passed(gate) is not None
        return gate_view(gate, findings, self.rules.program, passed=passed, waivers=self._past.waivers)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __str__(self) -> str:
        # The terminal library loads only where text is wanted.
        from devrules.report.text import report_text  # noqa: PLC0415

        return report_text(self)


def entries(stage: Stage, rulesets: Sequence[Ruleset]) -> set[str]:
    """List the kinds by which a stage is reached: the usual ones, and the special ways that lead there."""
    special = {kind for ruleset in rulesets for kind in ruleset.special_ways}
    leading = {kind for ruleset in rulesets for kind in ruleset.process.stages_by.get(stage.id, ())}
    return {*stage.entered_by, *(special & leading)}


@attrs.frozen(eq=False)
class Audit:
    """
    Many dossiers, judged.

    Args:
        rules: The rules that judged them.
        as_of: The day on which they were judged.
        engine: The engine that judged, and its version.
        reports: One a dossier, in the order of the sources, populations last; kept, or made while somebody goes through
            them.
        unread: Cells and rows that were not understood.
        problems: Files that could not be read at all.
        disagreements: Dossiers on which two engines differed, by id: defects of the library. Where the reports are not
            kept, they are known once all were gone through.
        waivers: The waivers that were to be considered.
        compared: How it compares with an earlier report, where only what is new since then is shown.
        sources: The files and folders that were read, over which nothing is written.
    """

    rules: Judging
    as_of: date
    engine: str
    reports: Sequence[Report]
    unread: tuple[Unread, ...] = ()
    problems: tuple[Problem, ...] = ()
    disagreements: Sequence[tuple[str, EngineDisagreement]] = ()
    waivers: tuple[Waiver, ...] = ()
    compared: Compared | None = None
    sources: tuple[Path, ...] = ()

    @property
    def rulesets(self) -> tuple[Ruleset, ...]:
        """The rulesets by which they were judged."""
        return self.rules.program.rulesets

    @property
    def findings(self) -> Iterator[Finding]:
        """All findings, dossier by dossier."""
        return (finding for report in self.reports for finding in report.findings)

    @property
    def complete(self) -> bool:
        """Whether every file, table and person could be judged; a cell that was not understood does not count."""
        return not self.problems and not any(one.lost for one in self.unread)

    def since(self, baseline: Baseline) -> Audit:
        """
        Show only what is new: the findings that did not stand, with the same verdict, in an earlier report.

        Args:
            baseline: The earlier report: see :func:`devrules.report.baseline.read_baseline`.
        """
        new = tuple(report.only(partial(baseline.is_new, report.dossier.id)) for report in self.reports)
        return attrs.evolve(self, reports=new, compared=baseline.compare(self.reports))

    def to_rows(self, *, lang: str = "zh", unmask: bool = False) -> list[dict[str, Any]]:
        """
        Give a flat table, one row a finding, for a data frame: see :class:`devrules.report.rows.Row`.

        Args:
            lang: The language of titles, messages and remedies: ``zh`` or ``en``.
            unmask: Whether to write names in full.
        """
        return [attrs.asdict(row, recurse=False) for row in finding_rows(self, How(lang, unmask))]

    def save(
        self,
        target: Path | str,
        *,
        form: str | None = None,
        lang: str = "zh",
        unmask: bool = False,
        track: Track = iter,
    ) -> None:
        """
        Write the report to a file; it appears under its name only when it is whole.

        Args:
            target: The file. How it ends tells the format: ``.html``, ``.xlsx``, ``.json``, ``.csv`` and so on; text,
                where the ending says nothing.
            form: The format by its name, whatever the ending.
            lang: ``zh`` or ``en``.
            unmask: Whether to write names and numbers in full.
            track: Shows how far the writing came, as ``rich.progress.track`` does.

        Raises:
            UsageError: When there is no such format, the file cannot be written, or it is one that was read.
            MissingExtra: When the format needs an optional package that is not installed.
        """
        path = Path(target)
        keep_apart({"target": path}, self.sources)
        found = find_format(self.rules.formats, form, path)
        write_whole(path, found.pieces(self, How(lang, unmask, track)))

    def annotate(self, target: Path | str, *, lang: str = "zh", mapping: Path | str | None = None) -> None:
        """
        Write a copy of the ledgers, in which the cells that findings are about are coloured and say why.

        The files are read again. Nothing in the copy is masked: it is the user's own document.

        Args:
            target: The workbook to write.
            lang: The language of the comments: ``zh`` or ``en``.
            mapping: The mapping by which the ledgers were read.

        Raises:
            UsageError: When no ledger was read, the file cannot be written, or it is one that was read.
            InvalidInput: When a ledger or the mapping can no longer be read.
            MissingExtra: When the library that writes workbooks is not installed.
        """
        # The terminal does not want this part of the library.
        from devrules.report.marks import marked_sheets  # noqa: PLC0415

        keep_apart({"target": Path(target)}, self.sources)
        sources = (report.dossier.source for report in self.reports)
        files = dict.fromkeys([*(one.file for one in sources if one is not None), *(one.file for one in self.unread)])
        if not files:
            raise UsageError("there is no ledger to copy: the dossiers were read otherwise")
        sheets = [sheet for file in files for sheet in self.rules.sheets(Path(file))]
        marked = marked_sheets(self, sheets, self.rules.columns_by(mapping), lang)
        write_whole(Path(target), self.rules.marked(marked))

    def __str__(self) -> str:
        from devrules.report.text import audit_text  # noqa: PLC0415  # as above

        return audit_text(self)
