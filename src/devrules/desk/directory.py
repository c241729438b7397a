"""The members who may be named in a record, as the host's directory knows them."""

from __future__ import annotations

from devrules.desk.office import Office, unique
from devrules.dossier.model import Dossier, Member


def directory(office: Office, dossier: Dossier, kind: str) -> list[Member] | None:
    """
    List the full members of the branch, or of all branches under the same committee.

    Args:
        office: The desk's office.
        dossier: The dossier.
        kind: The kind of record that names members, as ``contact-assignment``.

    Returns:
        The members; one whose first day of full membership is not known is among them. ``None`` where the record names
        none, or nobody knows the members.
    """
    step = office.process.law.steps.get(kind)
    branch = dossier.branch.id
    if step is None or step.members_from is None or office.members is None or branch is None:
        return None
    branches = _committee(office, branch) if step.members_from == "committee" else (branch,)
    found = [office.members(one) for one in branches]
    if all(members is None for members in found):
        return None
    return [member for members in found for member in members or () if _is_full(office, member)]


def _committee(office: Office, branch: str) -> tuple[str, ...]:
    """List the branch and all others under the committee above it."""
    over = list(office.tree.above(branch))[:1] if office.tree else []
    return unique((branch, *(one for top in over if office.tree for one in office.tree.below(top))))


def _is_full(office: Office, member: Member) -> bool:
    return member.full_since is None or member.full_since.high <= office.today


__all__ = ["directory"]
