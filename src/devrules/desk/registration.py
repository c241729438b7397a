"""Registration: codes for one applicant, the code of a branch for many, and what happens when one is used."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import uuid4

from devrules.desk.codes import check_code, digest_of, make_code, revoke, use
from devrules.desk.office import Office, stream_of
from devrules.desk.ports import Account, Code, Conflict, Unit
from devrules.desk.rate import RateLimiter
from devrules.desk.rows import row_of
from devrules.dossier.model import Dossier, Organisation, Person
from devrules.errors import InvalidRuleset, Problem, UsageError
from devrules.process.model import Actor, Change, PutBranch, PutPerson, apply
from devrules.ruleset.process import CodesText

_TRIES = 100
_SPAN = re.compile(r"(\d+) (minute|hour|day)s?")
REGISTER = "register"
UNKNOWN = "registration"
"""The stream of attempts with codes that nobody made."""


class Registration:
    """
    Makes, revokes, lists and takes registration codes.

    Args:
        office: The desk's office.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        written = office.process.law.text.codes
        if written is None:
            raise InvalidRuleset([Problem("process.toml codes", "is missing", "state how long codes hold")])
        self._written: CodesText = written
        self._limit = RateLimiter(written.attempts, duration(written.window).total_seconds())

    def make(self, actor: Actor, *, dossier: str | None = None) -> tuple[str, Code]:
        """
        Make a code for one applicant.

        Args:
            actor: Who makes it, for their own branch.
            dossier: The dossier that it is for, if that was opened before.

        Returns:
            The secret, which is kept nowhere, and the code.

        Raises:
            Refused: When the actor may not.
        """
        return self._make(actor, self._written.single, single=True, dossier=dossier)

    def make_for_many(self, actor: Actor) -> tuple[str, Code]:
        """
        Make the code of a branch: several applicants may use it, for a short time only.

        Args:
            actor: Who makes it, for their own branch.

        Raises:
            Refused: When the actor may not.
        """
        return self._make(actor, self._written.branch, single=False, dossier=None)

    def codes(
        self, actor: Actor, *, made_from: datetime | None = None, made_until: datetime | None = None
    ) -> tuple[Code, ...]:
        """
        List the codes of the actor's branch that were made in a time, the newest first.

        Raises:
            Refused: When the actor may not.
        """
        branch = own_branch(self._office, actor, "list-codes")
        return self._office.store.codes(branch, made_from=made_from, made_until=made_until)

    def revoke(self, actor: Actor, code_id: str) -> Code:
        """
        Revoke a code of the actor's branch.

        Raises:
            Refused: When the actor may not.
            UsageError: When the branch has no such code, or it cannot be used anyway.
        """
        branch = own_branch(self._office, actor, "revoke-code")
        found = next((code for code in self._office.store.codes(branch) if code.id == code_id), None)
        if found is None:
            raise UsageError(f"the branch has made no code {code_id!r}")
        revoked = revoke(found, self._office.clock())
        entry = self._office.entry(stream_of(branch), actor, "revoke-code", about=code_id)
        self._office.store.commit(Unit(command=uuid4().hex, events=(entry,), codes=(revoked,)))
        return revoked

    def register(self, secret: str, *, account: str, person: Person, source: str = "") -> str:
        """
        Use a code: the person gets a dossier in the branch that made it.

        Args:
            secret: What the person typed or scanned.
            account: The host's id of the person's account.
            person: Their data.
            source: From where it is tried (an address), if the host knows; attempts are counted for it, too.

        Returns:
            The id of the dossier.

        Raises:
            Refused: When the code is not valid, whatever the reason, or it was tried too often.
            UsageError: When the account has a dossier already.
            Conflict: When too many others use the same code at the same moment: try again.
        """
        office, now = self._office, self._office.clock()
        actor = Actor(account, self._self_role, None, None)
        keys = [key for key in (f"account:{account}", f"source:{source}" if source else "") if key]
        allowed = [self._limit.allow(key) for key in keys]  # each is counted, whatever the others say
        if not all(allowed):
            raise office.refuse(UNKNOWN, actor, REGISTER, office.refusal(REGISTER, "often"))
        dossier = self._use(secret, account, person, now)
        for key in keys:
            self._limit.forget(key)
        return dossier

    def _use(self, secret: str, account: str, person: Person, now: datetime) -> str:
        """Use a code; whenever others used it at the same moment, it is looked at again."""
        office, actor = self._office, Actor(account, self._self_role, None, None)
        for _ in range(_TRIES):
            code = office.store.code(digest_of(secret))
            fault = check_code(code, secret, now) or (self._taken(code) if code else None)
            if code is None or fault is not None:
                stream = stream_of(code.branch) if code is not None else UNKNOWN
                # Why stands in the journal only: whoever tries learns nothing about the code.
                raise office.refuse(stream, actor, REGISTER, office.refusal(REGISTER, "code"), reason=fault)
            if office.store.account(account) is not None:
                raise UsageError("this account has a dossier already: a person registers once")
            try:
                return self._registered(code, account, person, now)
            except Conflict:  # several scanned the branch's code: whoever was first has made it another one
                continue
        raise Conflict("the code")

    def _taken(self, code: Code) -> str | None:
        """Tell why a code does not lead to the dossier for which it was made; ``None``: it does."""
        if code.dossier is None:
            return None
        folded = self._office.read(code.dossier)
        if folded is None or folded.dossier.branch.id != code.branch:
            return "moved"
        # Also where what was registered was redacted: a dossier is one person's for good.
        entries = self._office.store.events(code.dossier)
        return "registered" if any(one.granted and one.verb == REGISTER for one in entries) else None

    def _registered(self, code: Code, account: str, person: Person, now: datetime) -> str:
        office = self._office
        dossier_id = code.dossier or uuid4().hex
        actor = Actor(account, self._self_role, None, dossier_id)
        folded = office.read(dossier_id)
        before = folded.dossier if folded else Dossier(dossier_id, recorded_kinds=frozenset(office.process.law.kinds))
        branch, superior = branch_of(office, code.branch)
        changes: tuple[Change, ...] = (
            (PutPerson(person),) if folded else (PutPerson(person), PutBranch(branch, superior))
        )
        entry = office.entry(dossier_id, actor, REGISTER, about=code.id, changes=changes)
        if folded is not None and entry.number != folded.version + 1:
            raise Conflict(f"dossier {dossier_id}")
        row = row_of(apply(before, changes), office.process, version=entry.number, changed=now)
        office.store.commit(
            Unit(
                command=uuid4().hex,
                events=(entry,),
                rows=(row,),
                codes=(use(code, now),),
                accounts=(Account(id=account, dossier=dossier_id, branch=code.branch, code=code.id),),
            )
        )
        return dossier_id

    @property
    def _self_role(self) -> str:
        """The role of those whose own dossier it is."""
        return next(role.id for role in self._office.process.law.roles.values() if "self" in role.reaches)

    def _make(self, actor: Actor, lifetime: str, *, single: bool, dossier: str | None) -> tuple[str, Code]:
        branch = own_branch(self._office, actor, "make-code")
        if dossier is not None:
            folded = self._office.read(dossier)
            if folded is None or folded.dossier.branch.id != branch:
                refusal = self._office.refusal("make-code", "reach", role=self._office.role_name(actor))
                raise self._office.refuse(stream_of(branch), actor, "make-code", refusal)
        secret, code = make_code(
            branch, by=actor.id, now=self._office.clock(), lifetime=duration(lifetime), single=single, dossier=dossier
        )
        entry = self._office.entry(stream_of(branch), actor, "make-code", about=code.id)
        self._office.store.commit(Unit(command=uuid4().hex, events=(entry,), codes=(code,)))
        return secret, code


def own_branch(office: Office, actor: Actor, verb: str) -> str:
    """
    Give the organisation for which an actor does what belongs to no dossier yet.

    Args:
        office: The desk's office.
        actor: Who acts.
        verb: The command.

    Raises:
        Refused: When the actor may not.
        UsageError: When the actor has no organisation.
    """
    refused = office.process.may(verb, actor.role)
    if refused is not None:
        raise office.refuse(stream_of(actor.organisation or ""), actor, verb, refused)
    if not actor.organisation:
        raise UsageError(f"{verb}: the actor {actor.id!r} has no organisation")
    return actor.organisation


def duration(text: str) -> timedelta:
    """
    Read a span of time.

    Args:
        text: As ``30 minutes``, ``2 hours``, ``30 days``.

    Raises:
        InvalidRuleset: When it is written otherwise.
    """
    found = _SPAN.fullmatch(text)
    if found is None:
        raise InvalidRuleset([Problem("process.toml codes", f"expected a span as '30 minutes', found {text!r}")])
    return timedelta(**{f"{found[2]}s": int(found[1])})


def branch_of(office: Office, branch: str) -> tuple[Organisation, Organisation]:
    """
    Describe a branch and the committee above it, as far as the tree of organisations knows them.

    Args:
        office: The desk's office.
        branch: The id of the branch.
    """
    above = list(office.tree.above(branch)) if office.tree else []
    superior = above[0] if above else None
    return (
        Organisation(id=branch, name=office.name(branch), kind="branch"),
        Organisation(id=superior, name=office.name(superior)),
    )


__all__ = ["Registration", "branch_of", "duration", "own_branch"]
