"""Random dossiers: a plausible timeline, and then what real sources make of it."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import attrs
from days import any_day, blurred, near, plus
from timeline import Act, timeline

from devrules.days import Day
from devrules.dossier.kinds import Kind, Kinds
from devrules.dossier.model import Dossier, Member, Organisation, Person, Sanction
from devrules.dossier.shapes import STATUSES, Attachment, Record

SANCTIONS = ("probation-within-party", "warning")
PEOPLE = ("m1", "m2", "m3", "m4")


@attrs.frozen
class Noise:
    """How often something is recorded imprecisely, not at all, oddly, or by a source that keeps less."""

    blur: float = 0.0
    wide: bool = True
    gaps: float = 0.0
    odd: float = 0.0
    unkept: float = 0.0


CLEAN = Noise()
KINDS_OF_NOISE = (
    CLEAN,
    Noise(blur=0.1, gaps=0.05),
    Noise(blur=0.3, gaps=0.1, odd=0.1, unkept=0.1),
    Noise(blur=0.6, gaps=0.4, odd=0.3, unkept=0.4),
)


@attrs.frozen
class Sample:
    """A dossier and the day on which to judge it."""

    dossier: Dossier
    as_of: date


def sample(random: Random, kinds: Kinds, noise: Noise | None = None) -> Sample:
    """Make a dossier that got some way into the Party."""
    noise = noise or random.choice(KINDS_OF_NOISE)
    acts = _placed(random, timeline(random, date(2016, 2, 29) + timedelta(days=random.randrange(400))))
    reached = random.randrange(1, len(acts) + 1) if random.random() < 0.8 else len(acts)
    last = acts[reached - 1][1]
    as_of = random.choice(
        (near(random, last), plus(last, days=random.randrange(40)), _due(random, last), any_day(random))
    )
    if noise.odd and random.random() < noise.odd:
        reached = len(acts)
    maker = _Maker(random, kinds, noise)
    return Sample(maker.dossier(acts[:reached]), as_of)


def samples(seed: int, number: int, kinds: Kinds, noise: Noise | None = None) -> list[Sample]:
    """Make as many dossiers, the same ones for the same seed."""
    random = Random(seed)  # noqa: S311  # the same every time is what is wanted
    return [sample(random, kinds, noise) for _ in range(number)]


def _placed(random: Random, acts: list[Act]) -> list[Act]:
    """Move the whole timeline so that one of its acts falls on a day of interest."""
    days = any_day(random) - random.choice(acts)[1]

    def moved(value: Any) -> Any:
        return value + days if isinstance(value, date) else value

    return [(kind, day + days, {name: moved(value) for name, value in fields.items()}) for kind, day, fields in acts]


def _due(random: Random, last: date) -> date:
    return near(random, plus(last, months=random.choice((1, 3, 6, 12))))


class _Maker:
    """Records acts as a source with some *noise* does."""

    def __init__(self, random: Random, kinds: Kinds, noise: Noise) -> None:
        self.random = random
        self.kinds = kinds
        self.noise = noise

    def happens(self, chance: float) -> bool:
        return self.random.random() < chance

    def dossier(self, acts: list[Act]) -> Dossier:
        records: dict[str, list[Record]] = {}
        for kind, day, fields in acts:
            if self.happens(self.noise.gaps):
                continue
            found = records.setdefault(kind, [])
            found.append(self.record(self.kinds[kind], day, fields))
            if self.happens(self.noise.odd):
                found.append(self.record(self.kinds[kind], near(self.random, day, most=60), fields))
        for found in records.values():
            if self.happens(self.noise.odd):
                self.random.shuffle(found)
        return Dossier(
            id="1",
            person=self.person(acts[0][1]),
            recorded_kinds=self.kept(),
            records={kind: tuple(found) for kind, found in records.items()},
            members=tuple(self.member(name, acts) for name in PEOPLE),
            branch=Organisation(kind=self.maybe("branch"), has_committee=self.random.choice((True, False, None))),
            superior=Organisation(kind=self.random.choice(("basic-committee", "general-branch", None))),
        )

    def record(self, kind: Kind, day: date, fields: dict[str, Any]) -> Record:
        random = self.random
        stated = {name: self.value(value) for name, value in fields.items() if not self.happens(self.noise.gaps / 2)}
        if not self.happens(self.noise.gaps / 3):
            stated[kind.act_day] = self.day(day)
        if kind.shape == "assignment" and not self.happens(self.noise.gaps / 2):
            stated["people"] = tuple(random.choices(PEOPLE, k=random.choice((0, 1, 2, 2, 2, 3))))
        if self.happens(0.5):
            stated["attachments"] = (Attachment("1.pdf"),) * random.choice((1, 2))
        if kind.passes_over and self.happens(self.noise.odd):
            stated["outcome"] = random.choice(kind.passes_over)
        if self.happens(self.noise.odd / 3):
            stated["status"] = random.choice(STATUSES)
        return kind.type(**stated)

    def value(self, value: Any) -> Any:
        return self.day(value) if isinstance(value, date) else value

    def day(self, day: date) -> Day:
        if self.happens(self.noise.blur):
            return blurred(self.random, day, wide=self.noise.wide)
        return Day.on(day)

    def maybe(self, value: Any) -> Any:
        return None if self.happens(self.noise.gaps) else value

    def person(self, applied: date) -> Person:
        of_age = plus(applied, months=-18 * 12)
        birth = near(self.random, of_age) if self.happens(0.5) else plus(of_age, days=-self.random.randrange(5000))
        floating = self.random.choice((True, False, None))
        political = self.random.choice(("群众", "共青团员", None))
        return Person(birth=self.maybe(self.day(birth)), floating=floating, political_status=political)

    def member(self, name: str, acts: list[Act]) -> Member:
        random, day = self.random, self.random.choice(acts)[1]
        since = plus(day, days=-random.randrange(4000)) if self.happens(0.7) else near(random, day)
        full_since = None if self.happens(0.1) else self.day(since)
        sanctions = None if self.happens(0.1) else tuple(self.sanction(day) for _ in range(random.choice((0, 0, 1, 2))))
        return Member(name, full_since=full_since, sanctions=sanctions)

    def sanction(self, day: date) -> Sanction:
        random = self.random
        approved = near(random, day, most=400)
        restored = random.choice((None, near(random, plus(approved, months=12)), near(random, day)))
        return Sanction(
            random.choice(SANCTIONS),
            None if self.happens(0.1) else self.day(approved),
            None if restored is None else self.day(max(approved, restored)),
        )

    def kept(self) -> frozenset[str]:
        if not self.noise.unkept or self.happens(0.3):
            return frozenset(self.kinds)
        kept: set[str] = set()
        for kind in self.kinds.values():
            if self.happens(1 - self.noise.unkept):
                kept.add(kind.id)
            elif self.happens(0.5):
                kept.add(f"{kind.id}.{self.random.choice((kind.act_day, 'attachments'))}")
        return frozenset(kept)
