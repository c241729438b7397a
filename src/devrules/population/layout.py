"""A program to what it reads: the columns that the tables of a population need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from devrules.dossier.kinds import FieldType, Kinds
from devrules.program import measures as m
from devrules.program.program import Program
from devrules.ruleset.process import Ending

PASSED_OVER = "outcome"
"""The field that tells whether a record is passed over."""


@attrs.frozen
class Layout:
    """
    What a program reads of a dossier.

    Args:
        kinds: Each kind of record that is read, with the number that stands for it in the tables.
        fields: Each field of a record that is read, with its type.
        read: The fields that are read of each kind.
        kept: The kinds (``talk``) and fields (``talk.day``) of which it matters whether the source keeps them.
        scalars: The fields of the person and the organisations that are read, with their types.
        tested: The kinds whose people are tested one by one.
        words: The texts that texts are compared with.
        lists: Each kind, field and words of which it is asked whether the field, a list, includes the words.
        endings: What ends the process.
    """

    kinds: Mapping[str, int]
    fields: Mapping[str, FieldType]
    read: Mapping[str, tuple[str, ...]]
    kept: tuple[str, ...]
    scalars: Mapping[str, m.PersonType]
    tested: frozenset[str]
    words: frozenset[str]
    lists: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    endings: tuple[Ending, ...] = ()

    @classmethod
    def of(cls, program: Program) -> Layout:
        """Find out what *program* reads."""
        nodes, kinds = program.measures, program.kinds
        named = {kind for node in nodes for kind in _kinds(node)}
        used = [kind for kind in kinds.values() if kind.id in named or kind.step is not None]
        # Those of one shape stand together: they have the same columns.
        used.sort(key=lambda kind: kind.type.__name__)
        fields = {kind.id: tuple(dict.fromkeys(_fields(nodes, kind.id, kinds))) for kind in used}
        types = {name: kinds[kind].field_type(name) for kind, names in fields.items() for name in names}
        return cls(
            kinds={kind.id: number for number, kind in enumerate(used)},
            fields={name: found for name, found in types.items() if found is not None},
            read=fields,
            kept=tuple(dict.fromkeys(kept for node in nodes for kept in _kept(node))),
            scalars={node.path: node.type for node in nodes if isinstance(node, m.Scalar)}
            | {node.path: "text" for node in nodes if isinstance(node, m.WordNumber)},
            tested=frozenset(node.kind for node in nodes if isinstance(node, m.People) and node.test != "all"),
            words=frozenset(word for kind in used for word in kind.passes_over)
            | frozenset(word for node in nodes for word in _words(node)),
            lists=tuple(
                dict.fromkeys(
                    (node.kind, node.name, node.includes)
                    for node in nodes
                    if isinstance(node, m.Field) and node.includes
                )
            ),
            endings=_endings(nodes),
        )

    def day(self, field: str) -> bool:
        """Tell whether *field* is a day and so has two columns."""
        return self.fields[field] == "day"


def _kinds(node: m.Measure) -> tuple[str, ...]:
    match node:
        case m.Field(kind=kind) | m.ActDay(kind=kind) | m.Count(kind=kind) | m.IfPresent(kind=kind):
            return (kind,)
        case m.Cells(kind=kind) | m.People(kind=kind) | m.Spacing(kind=kind):
            return (kind,)
        case m.Present(kinds=kinds) | m.JudgedDay(kinds=kinds) | m.There(kinds=kinds):
            return kinds
        case m.StageReached(stages=stages):
            return tuple(kind for kinds in stages for kind in kinds)
        case m.AsOf(endings=endings) | m.Over(endings=endings):
            return tuple(kind for one in endings for kind in (one.by, *one.unless))
        case _:
            return ()


def _fields(nodes: tuple[m.Measure, ...], kind: str, kinds: Kinds) -> Iterator[str]:
    if kinds[kind].passes_over and kinds[kind].field_type(PASSED_OVER) is not None:
        yield PASSED_OVER
    for node in nodes:
        if isinstance(node, m.Field) and node.kind == kind:
            yield node.name
    told = any(one.by == kind and one.among for one in _endings(nodes))
    if told and kinds[kind].field_type(PASSED_OVER) is not None:
        yield PASSED_OVER


def _endings(nodes: Iterable[m.Measure]) -> tuple[Ending, ...]:
    asked = [node.endings for node in nodes if isinstance(node, m.AsOf | m.Over)]
    return tuple(dict.fromkeys(one for endings in asked for one in endings))


def _kept(node: m.Measure) -> tuple[str, ...]:
    match node:
        case m.Count(kind=kind) | m.Cells(kind=kind) | m.Spacing(kind=kind):
            return (kind,)
        case m.StageReached(stages=stages):
            return tuple(kind for kinds in stages for kind in kinds)
        case m.Present(kinds=kinds):
            return kinds
        case m.Field(kind=kind, name=name) if asks_kept(node):
            return (f"{kind}.{name}",)
        case _:
            return ()


def asks_kept(node: m.Field) -> bool:
    """Tell whether it matters to *node*, where the field is not stated, that the source keeps it."""
    return node.filled or node.blank_is_zero or bool(node.includes) or node.name == "attachments"


def _words(node: m.Measure) -> tuple[str, ...]:
    match node:
        case m.Scalar(among=words) | m.Field(among=words) | m.People(sanctions=words):
            return words
        case m.WordNumber(groups=groups):
            return tuple(word for words in groups for word in words)
        case m.AsOf(endings=endings) | m.Over(endings=endings):
            return tuple(word for one in endings for word in one.among)
        case _:
            return ()
