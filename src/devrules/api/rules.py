"""Load rules, check one dossier, audit many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from itertools import chain
from pathlib import Path

from devrules.api.bench import Bench
from devrules.api.impact import Impact, compared, impact_of
from devrules.api.judged import Audit, PastGates, Report
from devrules.api.populations import Populations
from devrules.api.rulesets import loaded, overlay_of, sources_of
from devrules.api.streamed import AT_ONCE, Disagreement, Streamed
from devrules.days import ChineseCalendar, WorkingDays
from devrules.dossier.model import Dossier
from devrules.engine.choose import EngineKind
from devrules.errors import EngineDisagreement, InvalidInput, MissingExtra, PluginFailure, Problem, UsageError
from devrules.findings.finding import Finding
from devrules.findings.gates import GateView, gate_view
from devrules.findings.judge import waive
from devrules.findings.model import Waiver
from devrules.ledger.join import PersonRow, join
from devrules.ledger.read import Unread
from devrules.plain import hinted, nearest
from devrules.plugin import Plugins
from devrules.population.api import ColumnEngine, Judged, Stored
from devrules.process.decide import Process
from devrules.process.from_rulesets import process_law
from devrules.program.as_if import compile_as_if
from devrules.program.from_ruleset import compile_rulesets
from devrules.program.model import Compiled
from devrules.program.program import Program
from devrules.report.formats import Track
from devrules.report.impact import Asked
from devrules.ruleset.model import Subject

SUBJECTS: tuple[Subject, ...] = ("person", "organisation")
COLUMNS_FROM = 5_000
"""Where more dossiers are judged at once, a column-wise engine judges if the choice is left to the library."""


def load(
    *,
    overlays: Sequence[str] = (),
    plugins: Iterable[object] = (),
    calendar: WorkingDays | None = None,
    engine: str = "auto",
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
    sources = sources_of(manager)
    chosen = [source for source in sources if source.national] + [overlay_of(sources, overlay) for overlay in overlays]
    if not chosen:
        raise UsageError("no plugin brings a national ruleset: is devrules installed as a whole?")
    rulesets = list(map(loaded, chosen))
    days = calendar or ChineseCalendar()
    programs = {subject: compile_rulesets(rulesets, days, subject) for subject in SUBJECTS}
    return Rules(programs, manager, engine)


class Rules(Populations):
    """
    Rules, ready to judge. Made by :func:`load`.

    Args:
        programs: The compiled rules, by whom they judge.
        plugins: The plugins of this load.
        engine: The engine that judges, by name.
    """

    def __init__(self, programs: Mapping[Subject, Program], plugins: Plugins, engine: str = "auto") -> None:
        super().__init__(plugins, programs)
        self._wanted = engine
        self._columns: ColumnEngine | None = None
        single: EngineKind = "auto"
        match engine:
            case "auto" | "durable" | "reference":
                single = engine
            case _:
                self._columns = self._column_engine(engine)
        self._benches = {subject: Bench(program, single) for subject, program in programs.items()}

    @property
    def compiled(self) -> tuple[Compiled, ...]:
        """Every compiled rule: those about persons, then those about organisations."""
        return tuple(rule for bench in self._benches.values() for rule in bench.program.rules)

    @property
    def engine(self) -> str:
        """The engine that judges one dossier, and its version."""
        return self._columns.name if self._columns else self._benches["person"].engine.name

    def rule(self, rule_id: str) -> Compiled:
        """
        Find a rule by its id.

        Raises:
            UsageError: When there is none.
        """
        found = next((compiled for compiled in self.compiled if compiled.id == rule_id), None)
        if found is None:
            ids = [compiled.id for compiled in self.compiled]
            raise UsageError(hinted(f"there is no rule {rule_id!r}", nearest(rule_id, ids)))
        return found

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
        self,
        *sources: Path | str | Iterable[Dossier],
        as_of: date,
        waivers: Sequence[Waiver] = (),
        track: Track = iter,
        mapping: Path | str | None = None,
        keep: bool = True,
    ) -> Audit:
        """
        Judge many dossiers.

        Args:
            sources: Files (ledgers in any form that a plugin reads, dossiers in JSON or JSON lines), folders that are
                populations, or dossiers.
            as_of: The day to judge on.
            waivers: An auditor's waivers.
            track: Shows how far the judging came, as ``rich.progress.track`` does.
            mapping: A TOML file that says what the ledgers' columns, blanks, sheets and words mean.
            keep: Whether all reports are made at once and kept. Otherwise they are made while somebody goes through
                them, each time anew and some at a time, and the dossiers of populations are not held either.

        Raises:
            InvalidInput: When the mapping is wrong; with every problem found.

        Returns:
            The audit. Rows about the same person, also of several files, are judged as one; dossiers of populations
            come last. What could not be read or judged stands in it; the rest was judged all the same.
        """
        columns = self.columns_by(mapping)
        rows: list[PersonRow | Dossier] = []
        unread: list[Unread] = []
        problems: list[Problem] = []
        stored: list[Stored] = []
        for source in sources:
            try:
                if isinstance(source, Path | str) and Path(source).is_dir():
                    stored.append(self.stored_population(source))
                    continue
                found, not_understood, lost = self._read(source, columns)
            except InvalidInput as error:
                problems += error.problems
            except (MissingExtra, PluginFailure) as error:
                problems.append(Problem(str(source), str(error)))
            else:
                rows += found
                unread += not_understood
                problems += lost
        ledger = join(rows, self.program.kinds)
        dossiers = len(ledger.dossiers) + sum(map(len, stored))
        engine = self._columns or self._engine_for(dossiers if keep else min(dossiers, AT_ONCE))
        reports: Sequence[Report]
        disagreements: Sequence[Disagreement]
        if keep:
            everybody = [*ledger.dossiers, *chain(*stored)]
            reports, disagreements = self._judge_all(everybody, as_of, engine, waivers, track)
        else:
            judge = partial(self._judge_all, as_of=as_of, engine=engine, waivers=waivers)
            reports = Streamed(ledger.dossiers, stored, judge)
            disagreements = reports.disagreements
        return Audit(
            self,
            as_of,
            engine.name if engine else self.engine,
            reports,
            (*unread, *ledger.unread),
            tuple(problems),
            disagreements,
            tuple(waivers),
            sources=tuple(Path(one) for one in (*sources, mapping) if isinstance(one, Path | str)),
        )

    def as_if(self, edition: str) -> Rules:
        """
        Give these rules as if one edition had been in force on every day: for a what-if, not for a verdict.

        A rule that has no body in that edition is not applicable. Editions of other regulations stay as they are.

        Args:
            edition: The edition, for example ``xize-2026``.

        Raises:
            UsageError: When there is no such edition.
        """
        days = self.program.calendar
        programs = {subject: compile_as_if(self.rulesets, edition, days, subject) for subject in self._benches}
        return Rules(programs, self.plugins, self._wanted)

    def with_overlay(self, overlay: str) -> Rules:
        """
        Give these rules with one more overlay.

        Args:
            overlay: The overlay's id.

        Raises:
            UsageError: When there is no such overlay, or it is among these rules.
        """
        found = overlay_of(sources_of(self.plugins), overlay)
        if any(ruleset.id == overlay for ruleset in self.rulesets):
            raise UsageError(f"the overlay {overlay!r} is among the rules already")
        rulesets, days = (*self.rulesets, loaded(found)), self.program.calendar
        programs = {subject: compile_rulesets(rulesets, days, subject) for subject in self._benches}
        return Rules(programs, self.plugins, self._wanted)

    def impact(
        self,
        *sources: Path | str | Iterable[Dossier],
        as_of: date,
        from_: str | None = None,
        to: str | None = None,
        add_overlay: str | None = None,
        mapping: Path | str | None = None,
        track: Track = iter,
    ) -> Impact:
        """
        Tell whose verdicts another edition, or one more overlay, changes: a what-if, and no verdict on anybody.

        Of two editions, each judges as if it had been in force on every day. An overlay is added to these rules.

        Args:
            sources: Files or dossiers, as for :meth:`audit`.
            as_of: The day to judge on.
            from_: The edition to begin with, for example ``xize-2014``.
            to: The edition to compare with it, one of the same regulation.
            add_overlay: The overlay to add, where editions are not compared.
            mapping: A TOML file that says what the ledgers' columns, blanks, sheets and words mean.
            track: Shows how far the judging came.

        Raises:
            UsageError: When there is no such edition or overlay, or it is not clear what is asked.
        """
        asked = Asked(from_, to, add_overlay)
        before, after = compared(self, asked)
        new = after.audit(*sources, as_of=as_of, track=track, mapping=mapping)
        return impact_of(asked, before, new, track)

    @cached_property
    def process(self) -> Process:
        """The process: who may do what now, and what comes of it."""
        return Process(process_law(self.rulesets, self.program.kinds), self._lamps_at, self._benches["person"].wanted)

    def preview(self, dossier: Dossier, gate_id: str, *, as_of: date) -> GateView:
        """
        Look at a gate as it would be passed now, whether or not it was passed before.

        Args:
            dossier: The dossier.
            gate_id: Which gate, for example ``pre-examination``.
            as_of: The day.

        Raises:
            UsageError: When there is no such gate.
        """
        gate = next((gate for gate in self.program.gates if gate.id == gate_id), None)
        if gate is None:
            known = [gate.id for gate in self.program.gates]
            raise UsageError(f"there is no gate {gate_id!r}; there are {', '.join(known)}")
        filed = self.process.as_filed(dossier, gate_id, as_of=as_of)
        return gate_view(gate, self.findings(filed, as_of), self.program)

    def _lamps_at(self, dossier: Dossier, gate_id: str, as_of: date) -> tuple[str, ...]:
        """List the lamps at a gate of a dossier that was sent through it, or is about to be."""
        gate = next(gate for gate in self.program.gates if gate.id == gate_id)
        return tuple(finding.rule for finding in gate_view(gate, self.findings(dossier, as_of), self.program).lamps)

    def _column_engine(self, name: str) -> ColumnEngine:
        found: ColumnEngine | None = self.plugins.call("devrules_column_engine", name=name)
        if found is None:
            raise UsageError(
                f"there is no engine {name!r}; there are auto, durable, reference, duckdb and others of plugins"
            )
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
        self,
        dossiers: Sequence[Dossier],
        as_of: date,
        engine: ColumnEngine | None,
        waivers: Sequence[Waiver],
        track: Track = iter,
    ) -> tuple[Sequence[Report], Sequence[Disagreement]]:
        judges: dict[int, Callable[[], Judged | None]] = {}
        for subject, bench in self._benches.items():
            own = [n for n, dossier in enumerate(dossiers) if dossier.subject == subject]
            judges |= zip(own, bench.judged([dossiers[n] for n in own], as_of, engine), strict=True)
        past = PastGates(self, engine, waivers)
        disagreements: list[Disagreement] = []
        for n, dossier in enumerate(track(dossiers)):
            try:
                findings = self.findings(dossier, as_of, judges[n](), waivers)
            except EngineDisagreement as error:
                disagreements.append((dossier.id, error))
            else:
                past.reports.append(Report(self, dossier, as_of, findings, past))
        return tuple(past.reports), tuple(disagreements)

    def findings(
        self, dossier: Dossier, as_of: date, judged: Judged | None = None, waivers: Sequence[Waiver] = ()
    ) -> tuple[Finding, ...]:
        """
        Judge one dossier by every rule, without a report around the findings.

        Args:
            dossier: A person's or an organisation's records.
            as_of: The day to judge on.
            judged: What a column-wise engine found; by default it is judged now.
            waivers: An auditor's waivers.
        """
        findings = self._benches[dossier.subject].findings(dossier, as_of, judged)
        return waive(findings, waivers) if waivers else findings
