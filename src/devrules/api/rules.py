"""Load rules, check one dossier, audit many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from devrules.api.bench import Bench
from devrules.api.impact import Impact, compared, impact_of
from devrules.api.judged import Audit, PastGates, Report
from devrules.days import ChineseCalendar, WorkingDays
from devrules.dossier.convert import load_dossier, read_dossier
from devrules.dossier.model import Dossier
from devrules.engine.choose import EngineKind
from devrules.errors import EngineDisagreement, InvalidInput, MissingExtra, PluginFailure, Problem, UsageError
from devrules.findings.finding import Finding
from devrules.findings.gates import GateView, gate_view
from devrules.findings.judge import waive
from devrules.findings.model import Waiver
from devrules.ledger.columns import Columns, load_columns
from devrules.ledger.join import PersonRow, join
from devrules.ledger.mapping import read_mapping
from devrules.ledger.read import Unread, read_rows
from devrules.ledger.sheet import Sheet
from devrules.plain import hinted, nearest
from devrules.plugin import Plugins, RulesetSource
from devrules.population.api import ColumnEngine, Judged, PopulationEngine, PopulationVerdicts
from devrules.process.decide import Process
from devrules.process.from_rulesets import process_law
from devrules.program.as_if import compile_as_if
from devrules.program.from_ruleset import compile_rulesets
from devrules.program.model import Compiled
from devrules.program.program import Program
from devrules.report.formats import ReportFormat, Track
from devrules.report.impact import Asked
from devrules.report.marks import MarkedSheet
from devrules.ruleset.from_toml import load_ruleset
from devrules.ruleset.model import Ruleset, Subject

SUBJECTS: tuple[Subject, ...] = ("person", "organisation")
COLUMNS_FROM = 20_000
"""From so many dossiers on, a column-wise engine judges where the choice is left to the library."""


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
    sources = _sources(manager)
    chosen = [source for source in sources if source.national] + [_overlay(sources, overlay) for overlay in overlays]
    if not chosen:
        raise UsageError("no plugin brings a national ruleset: is devrules installed as a whole?")
    rulesets = list(map(_loaded, chosen))
    days = calendar or ChineseCalendar()
    programs = {subject: compile_rulesets(rulesets, days, subject) for subject in SUBJECTS}
    return Rules(programs, manager, engine)


def _sources(plugins: Plugins) -> list[RulesetSource]:
    return [one for offered in plugins.call("devrules_rulesets") for one in offered]


def _overlay(sources: Sequence[RulesetSource], overlay: str) -> RulesetSource:
    known = {source.id: source for source in sources if not source.national}
    if overlay not in known:
        hint = nearest(overlay, known) or f"there are: {', '.join(sorted(known)) or 'none'}"
        raise UsageError(f"there is no overlay {overlay!r}; {hint}")
    return known[overlay]


def _loaded(source: RulesetSource) -> Ruleset:
    return load_ruleset(source.path, ruleset_id=source.id, version=source.version, national=source.national)


class Rules:
    """
    Rules, ready to judge. Made by :func:`load`.

    Args:
        programs: The compiled rules, by whom they judge.
        plugins: The plugins of this load.
        engine: The engine that judges, by name.
    """

    def __init__(self, programs: Mapping[Subject, Program], plugins: Plugins, engine: str = "auto") -> None:
        self.plugins = plugins
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
    def program(self) -> Program:
        """The compiled rules that judge a person's dossier."""
        return self._benches["person"].program

    @property
    def compiled(self) -> tuple[Compiled, ...]:
        """Every compiled rule: those about persons, then those about organisations."""
        return tuple(rule for bench in self._benches.values() for rule in bench.program.rules)

    @property
    def rulesets(self) -> tuple[Ruleset, ...]:
        """The rulesets, the national ones first."""
        return self.program.rulesets

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
        self,
        *sources: Path | str | Iterable[Dossier],
        as_of: date,
        waivers: Sequence[Waiver] = (),
        track: Track = iter,
        mapping: Path | str | None = None,
    ) -> Audit:
        """
        Judge many dossiers.

        Args:
            sources: Files (ledgers in any form that a plugin reads, dossiers in JSON) or dossiers.
            as_of: The day to judge on.
            waivers: An auditor's waivers.
            track: Shows how far the judging came, as ``rich.progress.track`` does.
            mapping: A TOML file that says what the ledgers' columns, blanks, sheets and words mean.

        Raises:
            InvalidInput: When the mapping is wrong; with every problem found.

        Returns:
            The audit. Rows about the same person, also of several files, are judged as one. What could not be read or
            judged stands in it; the rest was judged all the same.
        """
        columns = self.columns_by(mapping)
        rows: list[PersonRow | Dossier] = []
        unread: list[Unread] = []
        problems: list[Problem] = []
        for source in sources:
            try:
                found, not_understood = self._read(source, columns)
            except InvalidInput as error:
                problems += error.problems
            except (MissingExtra, PluginFailure) as error:
                problems.append(Problem(str(source), str(error)))
            else:
                rows += found
                unread += not_understood
        ledger = join(rows, self.program.kinds)
        dossiers, unread = ledger.dossiers, [*unread, *ledger.unread]
        engine = self._columns or self._engine_for(len(dossiers))
        reports, disagreements = self._judge_all(dossiers, as_of, engine, waivers, track)
        return Audit(
            self,
            as_of,
            engine.name if engine else self.engine,
            tuple(reports),
            tuple(unread),
            tuple(problems),
            tuple(disagreements),
            tuple(waivers),
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
        found = _overlay(_sources(self.plugins), overlay)
        if any(ruleset.id == overlay for ruleset in self.rulesets):
            raise UsageError(f"the overlay {overlay!r} is among the rules already")
        rulesets, days = (*self.rulesets, _loaded(found)), self.program.calendar
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

    def write_population(self, *sources: Path | str | Iterable[Dossier], out: Path | str) -> tuple[int, list[Unread]]:
        """
        Write dossiers as a population: a folder of Parquet files in the format ``devrules.population/1``.

        Args:
            sources: As for :meth:`audit`; dossiers that are handed in are taken one after another, never all at once.
            out: The folder.

        Returns:
            How many dossiers were written, and what was not understood.

        Raises:
            InvalidInput: When a source cannot be read.
            MissingExtra: When the extra ``duckdb`` is not installed.
        """
        rows: list[PersonRow | Dossier] = []
        unread: list[Unread] = []
        streams: list[Iterable[Dossier]] = []
        for source in sources:
            if isinstance(source, Path | str):
                found, not_understood = self._read(source, self.columns)
                rows += found
                unread += not_understood
            else:
                streams.append(source)
        ledger = join(rows, self.program.kinds)
        written = self._populations().write_population(chain(ledger.dossiers, *streams), Path(out))
        return written, [*unread, *ledger.unread]

    def judge_population(self, folder: Path | str, *, as_of: date, out: Path | str) -> PopulationVerdicts:
        """
        Judge every dossier of a population where it lies, without an object for anybody.

        Args:
            folder: A folder in the format ``devrules.population/1``.
            as_of: The day to judge on.
            out: The folder of the verdicts: Parquet files with a row a dossier and a column a rule.

        Raises:
            InvalidInput: With everything that is wrong with the population.
            MissingExtra: When the extra ``duckdb`` is not installed.
        """
        programs: dict[str, Program] = {subject: bench.program for subject, bench in self._benches.items()}
        return self._populations().judge_population(Path(folder), programs, as_of, Path(out))

    def read_from_population(self, folder: Path | str, dossier_id: str) -> Dossier:
        """
        Read one dossier back from a population, by the host's own id, to check it and see its findings.

        Raises:
            InvalidInput: When there is none.
        """
        return self._populations().read_from_population(Path(folder), dossier_id, self.program.kinds)

    def _populations(self) -> PopulationEngine:
        engine: PopulationEngine = self.plugins.call("devrules_column_engine", name="duckdb")
        return engine

    @cached_property
    def formats(self) -> Mapping[str, ReportFormat]:
        """The formats of reports, by their names."""
        offered: list[list[ReportFormat]] = self.plugins.call("devrules_report_formats")
        # A plugin that came later is asked first.
        return {one.name: one for formats in reversed(offered) for one in formats}

    def marked(self, sheets: Iterable[MarkedSheet]) -> Iterable[bytes]:
        """
        Write copies of sheets with marks on their cells, as a workbook.

        Raises:
            UsageError: When no plugin writes them.
            MissingExtra: When the library that would is not installed.
        """
        pieces: Iterable[bytes] | None = self.plugins.call("devrules_write_marked", sheets=sheets)
        if pieces is None:
            raise UsageError("no plugin writes copies of ledgers")
        return pieces

    @cached_property
    def columns(self) -> Columns:
        """The columns that ledgers have, as the rulesets name them."""
        return load_columns([ruleset.path / "columns.toml" for ruleset in self.rulesets], self.program.kinds)

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
        self,
        dossiers: Sequence[Dossier],
        as_of: date,
        engine: ColumnEngine | None,
        waivers: Sequence[Waiver],
        track: Track = iter,
    ) -> tuple[list[Report], list[tuple[str, EngineDisagreement]]]:
        judges: dict[int, Callable[[], Judged | None]] = {}
        for subject, bench in self._benches.items():
            own = [n for n, dossier in enumerate(dossiers) if dossier.subject == subject]
            judges |= zip(own, bench.judged([dossiers[n] for n in own], as_of, engine), strict=True)
        past = PastGates(self, engine, waivers)
        disagreements: list[tuple[str, EngineDisagreement]] = []
        for n, dossier in enumerate(track(dossiers)):
            try:
                findings = self.findings(dossier, as_of, judges[n](), waivers)
            except EngineDisagreement as error:
                disagreements.append((dossier.id, error))
            else:
                past.reports.append(Report(self, dossier, as_of, findings, past))
        return past.reports, disagreements

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

    def columns_by(self, mapping: Path | str | None) -> Columns:
        """
        Give the columns that ledgers have by a mapping file, or without one.

        Raises:
            InvalidInput: With every problem of the mapping.
        """
        return self.columns if mapping is None else read_mapping(Path(mapping), self.columns, self.program.kinds)

    def sheets(self, path: Path) -> list[Sheet]:
        """
        Read the sheets of a ledger, nothing understood.

        Raises:
            InvalidInput: When it cannot be read.
            MissingExtra: When the library that would read it is not installed.
        """
        if not path.is_file():
            raise InvalidInput([Problem(str(path), "is not a file that can be read", "check the path")])
        sheets: list[Sheet] | None = self.plugins.call("devrules_read_sheets", path=path)
        if sheets is None:
            raise InvalidInput(
                [Problem(str(path), "no plugin reads such files", "xlsx, xls, ods, csv and json are read")]
            )
        return sheets

    def _read(
        self, source: Path | str | Iterable[Dossier], columns: Columns
    ) -> tuple[Sequence[PersonRow | Dossier], Sequence[Unread]]:
        if not isinstance(source, Path | str):
            return list(source), ()
        path = Path(source)
        if path.suffix.lower() == ".json" and path.is_file():
            return [self.read_dossier(path)], ()
        found = read_rows(self.sheets(path), columns, self.program.kinds)
        return found.people, found.unread
