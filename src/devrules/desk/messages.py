"""What was decided to the messages for those who are to hear of it; names and numbers are masked."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from devrules.desk.office import Office
from devrules.desk.ports import Message
from devrules.dossier.model import Dossier
from devrules.mask import mask_name, mask_text
from devrules.process.model import Command, Decided
from devrules.ruleset.process import Hearing, Role


def messages_of(office: Office, command: Command, decided: Decided) -> tuple[Message, ...]:
    """
    Write the messages.

    Args:
        office: The desk's office.
        command: What was done.
        decided: What came of it.
    """
    dossier = decided.dossier
    return tuple(
        Message(
            id=uuid4().hex,
            dossier=dossier.id,
            role=role_id,
            organisation=organisation,
            account=account,
            text=_text(office, hearing, command, dossier),
            at=office.clock(),
            verb=command.verb,
        )
        for hearing in decided.hearings
        for role_id in hearing.who
        for organisation, account in _addressees(office, hearing, office.process.law.roles[role_id], dossier)
    )


def _addressees(
    office: Office, hearing: Hearing, role: Role, dossier: Dossier
) -> Iterator[tuple[str | None, str | None]]:
    """Yield organisation and account; the person is addressed by their dossier, a contact by the member's id."""
    if hearing.receiving:
        transfer = office.process.state(dossier).transfer
        yield from [] if transfer is None else [(transfer[1].to, None)]
        return
    if "self" in role.reaches:
        yield None, dossier.id
    if "assigned" in role.reaches:
        yield from ((None, contact) for contact in office.process.state(dossier).contacts)
    if "own" in role.reaches and dossier.branch.id:
        yield dossier.branch.id, None
    if "below" in role.reaches:
        over = list(office.tree.above(dossier.branch.id)) if office.tree and dossier.branch.id else []
        over = over or ([dossier.superior.id] if dossier.superior.id else [])
        yield from ((one, None) for one in (over if role.hears == "all" else over[:1]))


def _text(office: Office, hearing: Hearing, command: Command, dossier: Dossier) -> str:
    law = office.process.law
    outcome = law.text.outcomes.get(getattr(command.record, "outcome", None) or "")
    kind, stage = law.kinds.get(command.kind or ""), law.stages.get(command.stage or "")
    return hearing.says.zh.format(
        person=mask_name(dossier.person.name) or "该同志",
        kind=kind.zh if kind else "",
        branch=dossier.branch.name or office.name(dossier.branch.id) or "党支部",
        reason=_masked(command.reason or "", dossier),
        outcome=outcome.zh if outcome else "",
        stage=stage.name.zh if stage else "",
    )


def _masked(text: str, dossier: Dossier) -> str:
    """Mask what someone wrote: the names that the dossier knows, and numbers."""
    for name in (dossier.person.name, *(member.name for member in dossier.members)):
        if name:
            text = text.replace(name, mask_name(name))
    return mask_text(text)


__all__ = ["messages_of"]
