"""What people do at the desk: decided by the process, written as a whole, told to those who are to hear of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

import attrs

from devrules.desk import attachments
from devrules.desk.directory import directory
from devrules.desk.events import Event
from devrules.desk.journal import Folded, fold
from devrules.desk.messages import messages_of
from devrules.desk.office import Office, Refused, unique
from devrules.desk.ports import Attachment as Kept
from devrules.desk.ports import Conflict, StoredEvent, Unit
from devrules.desk.reading import Reading
from devrules.desk.receipt import Receipt
from devrules.desk.redaction import KEEP, REDACT, also_in, redaction, without
from devrules.desk.registration import branch_of, own_branch
from devrules.desk.rows import row_of
from devrules.desk.seal import seal
from devrules.dossier.convert import read_dossier, read_part, read_record, write_dossier
from devrules.dossier.model import Dossier, Member, Organisation, Person
from devrules.dossier.shapes import Assignment, Attachment, Record
from devrules.errors import InvalidInput, Problem, UsageError
from devrules.plain import shown
from devrules.process.adopt import adopted
from devrules.process.model import (
    Actor,
    Change,
    Command,
    Decided,
    PutBranch,
    PutDossier,
    PutPerson,
    PutRecord,
    Refusal,
    apply,
)

MOST_BYTES = 50 * 1024 * 1024
"""How large a file may be that is attached, where the host does not say."""


class Writing(Reading):
    """
    Takes commands.

    Args:
        office: The desk's office.
        most_bytes: How large a file may be that is attached.
    """

    def __init__(self, office: Office, *, most_bytes: int = MOST_BYTES) -> None:
        super().__init__(office)
        self._most_bytes = most_bytes

    def begin(self, actor: Actor, person: Person | Mapping[str, Any], *, command_id: str | None = None) -> Receipt:
        """
        Open a dossier for someone who has no account yet.

        Args:
            actor: Who opens it, in their own branch.
            person: The person's data.
            command_id: An id of the host's own; with the same id one dossier is opened.

        Raises:
            Refused: When the actor may not.
        """
        branch, superior = branch_of(self._office, own_branch(self._office, actor, "open"))
        return self._start(actor, "open", (PutPerson(_person(person)), PutBranch(branch, superior)), command_id)

    def adopt(self, actor: Actor, dossier: Dossier, *, command_id: str | None = None) -> Receipt:
        """
        Take over someone in mid-process, with what is known of the way so far.

        Args:
            actor: Who does it, for their own branch.
            dossier: What is known; it gets an id of its own here, and so does each record that has none.
            command_id: An id of the host's own; with the same id it is taken over once.

        Raises:
            Refused: When the actor may not.
            InvalidInput: When two records of a kind have the same id.
        """
        branch, superior = branch_of(self._office, own_branch(self._office, actor, "adopt"))
        problems = list(_ids_stated_twice(dossier))
        if problems:
            raise InvalidInput(problems)
        named = dossier.branch if dossier.branch.id == branch.id else branch
        over = dossier.superior if dossier.superior.id and superior.id is None else superior
        whole = attrs.evolve(dossier, branch=named, superior=over, records=_with_ids(dossier.records))
        # As it will be read from the journal: what is kept may take other kinds with it.
        plain = write_dossier(adopted(whole, self._office.process.law))
        known = read_dossier(plain, self._office.process.law.kinds)
        return self._start(actor, "adopt", (PutDossier(known),), command_id)

    def do(
        self,
        actor: Actor,
        dossier: str,
        verb: str,
        kind: str | None = None,
        *,
        as_of: date | None = None,
        seen: int | None = None,
        command_id: str | None = None,
        **stated: Any,
    ) -> Receipt:
        """
        Do something to a dossier.

        Args:
            actor: Who does it.
            dossier: The id of the dossier.
            verb: What: a command of the process, as ``record``.
            kind: The kind of record that it is about.
            as_of: The day on which it is done; today, unless it is entered later.
            seen: The version of the dossier that the actor saw; if it is another one now, nothing is done.
            command_id: An id of the host's own; the same command with the same id is done once.
            stated: What else a :class:`~devrules.process.model.Command` says; *record* and *person* may be their fields
                instead, and *files*, name to content, go with the record.

        Raises:
            Refused: When it may not be done; the journal has it, too.
            Conflict: When someone else changed the dossier at the same time, or since it was *seen*.
            InvalidInput: When the record cannot be read.
            UsageError: When there is no such command, the day is to come, or the id was used for another command.
        """
        day = self._day(as_of)
        files: Mapping[str, bytes] = stated.pop("files", None) or {}
        attached = [attachments.attach(name, content, most=self._most_bytes) for name, content in files.items()]
        command = self._command(verb, kind, stated, tuple(one.named for one in attached))
        # Where nobody can repeat it nothing is kept to compare with.
        request = _fingerprint(actor, dossier, command, as_of) if command_id else ""
        command_id = command_id or uuid4().hex
        done = self._done(command_id, request)
        if done is not None:
            return done
        folded = self._office.read(dossier)
        if folded is None:
            raise Refused(self._office.refusal(verb, "reach", role=self._office.role_name(actor)))
        decided = self._decide(folded, self._placed(command, actor), actor, day)
        if not decided.changes:
            raise UsageError(f"{verb}: nothing is stated that changes the dossier")
        self._check_files(command, actor, folded.dossier, {one.named.digest for one in attached})
        if seen is not None and seen != self._office.version(dossier):
            raise Conflict(f"dossier {dossier}")
        entry = self._office.entry(dossier, actor, verb, decided.rule, reason=command.reason, changes=decided.changes)
        if entry.number != folded.version + 1:
            raise Conflict(f"dossier {dossier}")
        kept = tuple(one.kept for one in attached)
        return self._commit(entry, command, decided, command_id, request, kept)

    def redact(self, actor: Actor, dossier: str, number: int, *, reason: str) -> tuple[int, ...]:
        """
        Take away the content of one entry of a journal, as the law may ask, wherever it was put again.

        The records and data that it put are not in the dossier any more; where the dossier lies, and what other entries
        put, stays.

        Args:
            actor: Who does it.
            dossier: The dossier.
            number: The entry.
            reason: Why; it is kept.

        Returns:
            The numbers of all entries that were redacted: that one, and those that put the same record or data.

        Raises:
            Refused: When the actor may not.
            UsageError: When there is no such entry, it was redacted before, or the person would stand elsewhere without
                it.
        """
        office, kinds = self._office, self._office.process.law.kinds
        folded = office.read(dossier)
        if folded is None:
            raise Refused(office.refusal("redact", "reach", role=office.role_name(actor)))
        self._decide(folded, Command(verb="redact", reason=reason), actor, office.today)
        entries = office.store.events(dossier)
        found = {entry.number: entry for entry in entries}
        if number not in found:
            raise UsageError(f"the journal of this dossier has no entry {number}: it has {len(entries)}")
        numbers = (number, *also_in(entries, number, kinds))
        said: list[StoredEvent] = []
        for one in numbers:
            last = (*entries, *said)[-1]
            event = redaction(found[one], last, at=office.clock(), actor=actor, reason=reason)
            said.append(seal(event, last))
        meant = without(folded.dossier, found[number], kinds)
        if office.process.state(meant) != office.process.state(folded.dossier):
            raise UsageError(
                f"entry {number} says where the person stands (a filing, a decision, a statement): without it that "
                "could be done again, so it is kept"
            )
        if meant != fold((*entries, *said), dossier, kinds).dossier:
            said.append(self._keep(meant, said[-1], actor))
        after = fold((*entries, *said), dossier, kinds)
        row = row_of(after.dossier, office.process, version=after.version, changed=office.clock())
        # What is declared is not read any more, so lists are clean even if it is stopped before the bodies are gone.
        office.store.commit(Unit(command=uuid4().hex, events=tuple(said), rows=(row,)))
        for one in numbers:
            office.store.redact(dossier, one)
        return numbers

    def _keep(self, meant: Dossier, last: StoredEvent, actor: Actor) -> StoredEvent:
        """Put again what stood beside what was redacted, in the same entries."""
        event = Event(
            stream=last.stream,
            number=last.number + 1,
            at=self._office.clock(),
            actor=actor,
            verb=REDACT,
            rule=KEEP,
            changes=(PutDossier(meant),),
        )
        return seal(event, last, kinds=self._office.process.law.kinds)

    def _start(self, actor: Actor, verb: str, changes: tuple[Change, ...], command_id: str | None = None) -> Receipt:
        request = hashlib.sha256(repr((actor, verb, changes)).encode()).hexdigest() if command_id else ""
        command_id = command_id or uuid4().hex
        done = self._done(command_id, request)
        if done is not None:
            return done
        dossier = uuid4().hex
        entry = self._office.entry(dossier, actor, verb, changes=changes)
        empty = Dossier(dossier, recorded_kinds=frozenset(self._office.process.law.kinds))
        decided = Decided(verb, changes, apply(empty, changes))
        return self._commit(entry, Command(verb=verb), decided, command_id, request)

    def _decide(self, folded: Folded, command: Command, actor: Actor, day: date) -> Decided:
        listed = directory(self._office, folded.dossier, command.kind or "")
        members = None if listed is None else {member.id: member for member in listed}
        decided = self._office.process.decide(
            folded.dossier,
            self._with_members(command, folded.dossier, members or {}),
            actor,
            as_of=day,
            tree=self._office.tree,
            members=None if members is None else tuple(members),
        )
        if isinstance(decided, Refusal):
            raise self._office.refuse(folded.dossier.id, actor, command.verb, decided)
        return decided

    def _placed(self, command: Command, actor: Actor) -> Command:
        """Say of a dossier that is taken over where it lies then, so that the committee it leaves has it no longer."""
        written = self._office.process.law.commands.get(command.verb)
        receives = written is not None and written.reaches == ("receiving",)
        if not receives or self._office.tree is None or not actor.organisation:
            return command
        branch, superior = branch_of(self._office, actor.organisation)
        if superior.id is None:  # the tree does not know the branch
            superior = command.superior or superior
        return attrs.evolve(command, branch=command.branch or branch, superior=superior)

    def _check_files(self, command: Command, actor: Actor, dossier: Dossier, sent: set[str | None]) -> None:
        """Make sure that a record names no file but those sent along and those that the actor can read here already."""
        visible = self._office.process.visible(dossier, actor, tree=self._office.tree) or Dossier(dossier.id)
        stated = {one.digest for one in command.record.attachments} if command.record else set()
        if stated - sent - attachments.digests_of(visible) - {None}:
            where = f"{command.kind} $.attachments"
            raise InvalidInput([Problem(where, "names a file that is not in this dossier", "send the file itself")])

    @staticmethod
    def _with_members(command: Command, dossier: Dossier, listed: Mapping[str, Member]) -> Command:
        """Add what the directory knows of the members that the record names."""
        named = command.record.people if isinstance(command.record, Assignment) else None
        known = {member.id for member in (*dossier.members, *command.members)}
        stated = tuple(listed.get(one) or Member(one) for one in named or () if one in listed or one not in known)
        return attrs.evolve(command, members=(*command.members, *stated))

    def _commit(
        self,
        entry: StoredEvent,
        command: Command,
        decided: Decided,
        command_id: str,
        request: str,
        kept: tuple[Kept, ...] = (),
    ) -> Receipt:
        state = self._office.process.state(decided.dossier)
        receipt = Receipt(
            dossier=decided.dossier.id,
            version=entry.number,
            rule=decided.rule,
            records=tuple(unique(_record_ids(decided.changes))),
            lamps=decided.lamps,
            stage=state.stage,
            ended=state.ended,
        )
        row = row_of(decided.dossier, self._office.process, version=entry.number, changed=entry.at)
        self._office.store.commit(
            Unit(
                command=command_id,
                result=json.dumps({"request": request, **attrs.asdict(receipt)}, ensure_ascii=False),
                events=(entry,),
                rows=(row,),
                messages=messages_of(self._office, command, decided),
                attachments=kept,
            )
        )
        return receipt

    def _done(self, command_id: str, request: str) -> Receipt | None:
        written = self._office.store.result(command_id)
        if written is None:
            return None
        found = json.loads(written)
        if found.pop("request", None) != request:
            raise UsageError(f"the command id {command_id!r} was used for another command: give each its own")
        return Receipt(**{**found, "records": tuple(found["records"]), "lamps": tuple(found["lamps"])})

    def _command(
        self, verb: str, kind: str | None, stated: Mapping[str, Any], files: tuple[Attachment, ...]
    ) -> Command:
        fields = dict(stated)
        record = fields.pop("record", None)
        if record is not None and not isinstance(record, Record):
            record = read_record(kind or "", record, self._office.process.law.kinds)
        known = self._office.process.law.kinds.get(kind or "")
        if files and record is None and known is not None:
            record = known.type()
        if files and record is not None:
            record = attrs.evolve(record, attachments=(*record.attachments, *files))
        if fields.get("person") is not None:
            fields["person"] = _person(fields["person"])
        for name in ("branch", "superior"):
            if fields.get(name) is not None:
                fields[name] = _organisation(fields[name], name)
        unknown = fields.keys() - attrs.fields_dict(Command)
        if unknown:
            raise UsageError(f"{verb}: a command does not state {', '.join(sorted(unknown))}")
        return Command(verb=verb, kind=kind, record=record, **fields)


def _person(person: Person | Mapping[str, Any]) -> Person:
    return person if isinstance(person, Person) else read_part(person, Person, where="person", path="$.person")


def _organisation(stated: Organisation | Mapping[str, Any], name: str) -> Organisation:
    return stated if isinstance(stated, Organisation) else read_part(stated, Organisation, where=name)


def _with_ids(records: Mapping[str, Sequence[Record]]) -> dict[str, tuple[Record, ...]]:
    return {kind: tuple(_numbered(kind, there)) for kind, there in records.items()}


def _numbered(kind: str, records: Sequence[Record]) -> Iterator[Record]:
    """Give an id of its own to each record that has none."""
    taken = {record.id for record in records}
    free = (one for n in count(1) if (one := f"{kind}-{n}") not in taken)
    for record in records:
        yield record if record.id else attrs.evolve(record, id=next(free))


def _ids_stated_twice(dossier: Dossier) -> Iterator[Problem]:
    for kind, there in dossier.records.items():
        stated = [record.id for record in there if record.id]
        for one in dict.fromkeys(stated):
            if stated.count(one) > 1:
                yield Problem(f"dossier $.records.{kind}", f"two records have the id {shown(one)}", "give each its own")


def _record_ids(changes: Sequence[Change]) -> list[str]:
    return [change.record.id for change in changes if isinstance(change, PutRecord) and change.record.id]


def _fingerprint(actor: Actor, dossier: str, command: Command, as_of: date | None) -> str:
    """Tell a command from others; where no day is stated, it is the same when it is repeated after midnight."""
    return hashlib.sha256(repr((actor, dossier, command, as_of)).encode("utf-8", "backslashreplace")).hexdigest()


__all__ = ["MOST_BYTES", "Receipt", "Writing"]
