"""The guards that do not hold to sentences that say what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from devrules.law.model import Text
from devrules.process.law import ProcessLaw
from devrules.process.model import Refusal
from devrules.process.permissions import Guard, Permission
from devrules.process.state import State
from devrules.ruleset.model import Gate, Stage
from devrules.ruleset.process import CommandText, Role


def refusal(
    permission: Permission,
    unmet: Sequence[Guard],
    *,
    law: ProcessLaw,
    state: State,
    role: str,
    lamps: tuple[str, ...] = (),
) -> Refusal:
    """
    Say why something may not be done.

    Args:
        permission: What was to be done.
        unmet: The guards that do not hold.
        law: The process.
        state: Where the dossier is.
        role: The role of who wanted it.
        lamps: The rules whose lamps are on.
    """
    words = _Words(law, state, role, permission, lamps)
    lit = lamps if any(guard.name == "lamps" for guard in unmet) else ()
    return Refusal(permission.id, tuple(guard.name for guard in unmet), tuple(map(words.said, unmet)), lit)


class _Words:
    """Fills the sentences of ``process.toml``, in both languages."""

    def __init__(
        self, law: ProcessLaw, state: State, role: str, permission: Permission, lamps: tuple[str, ...]
    ) -> None:
        self.law, self.state, self.role, self.permission, self.lamps = law, state, role, permission, lamps

    def said(self, guard: Guard) -> Text:
        text = self.law.text.refusals.get(guard.name)
        if text is None:
            return Text(guard.name, guard.name)
        return Text(*(text.said(lang).format_map(_Named(self, guard, lang)) for lang in ("zh", "en")))

    def named(self, name: str, guard: Guard, lang: str) -> str:
        """Tell what *name* stands for in a sentence about *guard*."""
        law, of = self.law, guard.of
        match name:
            case "deed":
                said = self._deed(lang)
            case "role":
                said = _text(law.roles, (self.role,), lang) or self.role
            case "kind":
                said = _kind_name(law, self.permission.kind, lang)
            case "stage":
                said = _text(law.stages, (self.state.stage,), lang)
            case "stages":
                said = _text(law.stages, of, lang)
            case "gate":
                said = _text(law.gates, of[:1], lang)
            case "needed":
                said = _kind_name(law, of[0], lang)
            case "outcome" | "outcomes":
                said = _join((law.text.outcomes[one].said(lang) for one in of if one in law.text.outcomes), lang)
            case "members":
                said = _SOURCES[of[0]].said(lang)
            case _:
                said = str(len(self.lamps))
        return said

    def _deed(self, lang: str) -> str:
        """Say what was to be done: the command and, where it is about one, the kind of record."""
        said = _text(self.law.commands, (self.permission.verb,), lang)
        kind = _kind_name(self.law, self.permission.kind, lang)
        if not kind:
            return said
        return f"{said}“{kind}”" if lang == "zh" else f"{said}: {kind}"


class _Named:
    """Gives the words of a sentence as they are asked for: an actor is told of many things that may not be done."""

    def __init__(self, words: _Words, guard: Guard, lang: str) -> None:
        self.words, self.guard, self.lang = words, guard, lang

    def __getitem__(self, name: str) -> str:
        return self.words.named(name, self.guard, self.lang)


_SOURCES = {"branch": Text("本支部", "the branch"), "committee": Text("同一党委", "the same committee")}


def _text(known: Mapping[str, Stage | Gate | Role | CommandText], names: Iterable[str], lang: str) -> str:
    return _join((known[name].name.said(lang) for name in names if name in known), lang)


def _kind_name(law: ProcessLaw, kind: str | None, lang: str) -> str:
    found = law.kinds.get(kind or "")
    return "" if found is None else found.zh if lang == "zh" else found.en


def _join(parts: Iterable[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(parts)


__all__ = ["refusal"]
