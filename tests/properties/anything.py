"""Dossiers that say anything that can be said, in every field of every shape: for what must come back as it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

import attrs

from devrules.days import Day
from devrules.dossier.convert import all_kept
from devrules.dossier.kinds import Kinds, field_types
from devrules.dossier.model import Dossier, Member, Organisation, Person, Sanction, Source
from devrules.dossier.shapes import STATUSES, Attachment

TEXTS = (
    *(
        "",
        " ",
        "张三",
        "two words",
        "NULL",
        "null",
        "true",
        "[]",
        "{}",
        "0",
        "2021-02-03",
        "all",
        "a,b",
        "'",
        '"',
        "''",
    ),
    *(
        "一行\n二行",
        "\r\n",
        "\t",
        "\\",
        "\\n",
        "\\u0041",
        "“引”",
        "🙂👩‍👩‍👧",
        "e\u0301",
        "\u2028\u2029",
        "\ufeff",
        "\x00",
        "\x1b[2J",
        "\u202e",
    ),
    *("'; DROP TABLE record; --", "%s {0} $1 ?", "长" * 5_000),
)
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)


class Anything:
    """
    Makes dossiers.

    Args:
        random: Where chance comes from.
        kinds: The kinds of record.
    """

    def __init__(self, random: Random, kinds: Kinds) -> None:
        self.random = random
        self.kinds = kinds
        self._fields = [*kinds, *(f"{kind.id}.{name}" for kind in kinds.values() for name in field_types(kind.type))]
        self._making: dict[str, Callable[[], Any]] = {
            "day": self.day,
            "number": lambda: self.random.choice((0, 1, 12, 2**31 - 1)),
            "flag": lambda: self.random.random() < 0.5,
            "text": self.text,
            "people": lambda: self.some(self.text),
            "attachments": lambda: self.some(self.attachment),
        }

    def dossier(self, dossier_id: str) -> Dossier:
        """Make a dossier; its id begins with the one given."""
        random = self.random
        members = tuple(self.member(f"{n}{self.text()}") for n in range(random.choice((0, 0, 1, 3))))
        ids = [member.id for member in members]
        chosen = random.sample(sorted(self.kinds), k=random.choice((0, 1, 3, 8)))
        kept = random.choice((["all"], random.sample(self._fields, k=random.randrange(6))))
        return Dossier(
            f"{dossier_id}{self.text()}",
            person=self.part(Person),
            recorded_kinds=all_kept(kept, self.kinds),
            records={
                kind: tuple(self.record(kind, ids) for _ in range(random.choice((0, 1, 1, 2, 4)))) for kind in chosen
            },
            members=members,
            branch=self.part(Organisation),
            superior=self.part(Organisation),
            blank_kinds=frozenset(random.sample(sorted(self.kinds), k=random.choice((0, 2)))),
            source=random.choice((None, self.part(Source))),
            subject=random.choice(("person", "organisation")),
        )

    def record(self, kind: str, ids: Sequence[str]) -> Any:
        """Make a record that names these members."""
        made = self.part(self.kinds[kind].type, status=self.random.choice(STATUSES))
        if getattr(made, "people", None) is None:
            return made
        return attrs.evolve(made, people=tuple(self.random.choices(ids, k=self.random.randrange(3))) if ids else ())

    def member(self, member_id: str) -> Member:
        """Make a member; that there are no sanctions is not that none is recorded."""
        sanctions = self.random.choice((None, self.some(lambda: self.part(Sanction))))
        return self.part(Member, id=member_id, sanctions=sanctions)

    def part(self, cls: type[Any], **given: Any) -> Any:
        """Make a part of which each field is stated or not."""
        types = field_types(cls)
        for field in attrs.fields(cls):
            unstated = "None" in str(field.type) and self.random.random() < 0.4
            if field.name not in given and field.name in types:
                given[field.name] = None if unstated else self._making[types[field.name]]()
        return cls(**given)

    def some(self, make: Callable[[], Any]) -> tuple[Any, ...]:
        """Make none, one, or more."""
        return tuple(make() for _ in range(self.random.choice((0, 0, 1, 3))))

    def text(self) -> str:
        """Make a text, most often a short one."""
        return self.random.choice(TEXTS if self.random.random() < 0.3 else TEXTS[:4])

    def attachment(self) -> Attachment:
        """Make a file."""
        return Attachment(self.text(), self.random.choice((None, self.text())))

    def day(self) -> Day:
        """Make a day, a month, a year, or any time between two days."""
        low = FIRST + timedelta(days=self.random.randrange((LAST - FIRST).days + 1))
        first, year = low.replace(day=1), low.replace(month=1, day=1)
        return self.random.choice(
            (
                Day.on(low),
                Day.on(self.random.choice((FIRST, LAST))),
                Day.parse(f"{first:%Y-%m}".zfill(7)),
                Day(year, year.replace(month=12, day=31)),
                Day(low, self.random.choice((LAST, min(LAST, max(low, low.replace(day=28)))))),
            )
        )
