"""The guards that do not hold to sentences that say what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from devrules.law.model import Text
from devrules.process.law import ProcessLaw
from devrules.process.model import Refusal
from devrules.process.permissions import Guard, Permission
from devrules.process.state import State


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
        return Text(text.zh.format(**self._named(guard, "zh")), text.en.format(**self._named(guard, "en")))

    def _named(self, guard: Guard, lang: str) -> dict[str, str]:
        law, permission = self.law, self.permission
        first, rest = guard.of[:1], guard.of[1:]
        sources = {"branch": Text("本支部", "the branch"), "committee": Text("同一党委", "the same committee")}
        return {
            "deed": self._deed(lang),
            "role": self._text(law.roles, (self.role,), lang) or self.role,
            "kind": _kind_name(law, permission.kind, lang),
            "stage": self._text(law.stages, (self.state.stage,), lang),
            "stages": self._text(law.stages, guard.of, lang),
            "gate": self._text(law.gates, first, lang),
            "needed": _kind_name(law, first[0] if first else None, lang),
            "outcome": _join((_said(law.text.outcomes.get(one), one, lang) for one in rest), lang),
            "outcomes": _join((_said(law.text.outcomes.get(one), one, lang) for one in guard.of), lang),
            "members": _said(sources.get(first[0]) if first else None, "", lang),
            "count": str(len(self.lamps)),
        }

    def _deed(self, lang: str) -> str:
        """Say what was to be done: the command and, where it is about one, the kind of record."""
        said = self._text(self.law.commands, (self.permission.verb,), lang)
        kind = _kind_name(self.law, self.permission.kind, lang)
        if not kind:
            return said
        return f"{said}“{kind}”" if lang == "zh" else f"{said}: {kind}"

    @staticmethod
    def _text(known: object, names: Iterable[str], lang: str) -> str:
        table = known if isinstance(known, dict) else {}
        return _join((_said(table[name].name, name, lang) for name in names if name in table), lang)


def _kind_name(law: ProcessLaw, kind: str | None, lang: str) -> str:
    found = law.kinds.get(kind or "")
    return "" if found is None else found.zh if lang == "zh" else found.en


def _said(text: Text | None, otherwise: str, lang: str) -> str:
    return text.said(lang) if text is not None else otherwise


def _join(parts: Iterable[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(parts)


__all__ = ["refusal"]
