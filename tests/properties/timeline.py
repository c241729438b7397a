"""A plausible way into the Party: every record of the national kinds, with days close to what the law asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from days import near, plus

Act = tuple[str, date, dict[str, Any]]
"""A kind, the day of the act, and the other fields; a value that is a date becomes a day."""


def timeline(random: Random, start: date) -> list[Act]:
    """Everything from the application on *start* to full membership, in order of the process."""
    return list(_Course(random, start).acts())


class _Course:
    def __init__(self, random: Random, start: date) -> None:
        self.random = random
        self.day = start

    def later(self, low: int, high: int) -> date:
        self.day = plus(self.day, days=self.random.randint(low, high))
        return self.day

    def limit(self, day: date, months: int) -> date:
        """A day about so many months after *day*, mostly on the last that is allowed."""
        if self.random.random() < 0.3:
            return plus(day, days=self.random.randint(1, 28 * months))
        return near(self.random, plus(day, months=months))

    def acts(self) -> Iterator[Act]:
        yield from self.applicant()
        yield from self.activist()
        yield from self.prospect()
        yield from self.admission()
        yield from self.probation()

    def applicant(self) -> Iterator[Act]:
        random, received = self.random, self.day
        yield "application", received, {"day": plus(received, days=-random.choice((0, 0, 1, 9)))}
        self.day = self.limit(received, 1)
        yield "talk", self.day, {"talker": random.choice(("m1", None))}
        yield "recommendation", self.later(1, 60), {"method": random.choice(("推优", "党员推荐", None))}

    def activist(self) -> Iterator[Act]:
        random = self.random
        decided = self.later(0, 200)
        yield "activist-decision", decided, {"outcome": random.choice(("passed", "passed", None, "not-passed"))}
        yield "recorded-activist-day", near(random, decided), {}
        yield "activist-filing", near(random, decided, most=20), {}
        yield "contact-assignment", near(random, decided, most=20), {}
        yield "activist-form", near(random, decided), {}
        self.day = self.limit(decided, 12)
        review = decided
        while (review := near(random, plus(review, months=random.choice((5, 6, 6, 6, 7))), most=20)) < self.day:
            yield "activist-review", review, {"outcome": "good"}
            yield "thought-report", near(random, review, most=40), {}
        yield "contact-opinion", plus(self.day, days=-3), {}

    def prospect(self) -> Iterator[Act]:
        random = self.random
        yield "prospect-discussion", self.day, {"outcome": random.choice(("passed", "passed", None, "not-passed"))}
        yield "determination-filing", self.later(0, 5), {}
        yield "prospect-consent", self.later(-1, 9), {"outcome": random.choice(("agreed", "agreed", "refused", None))}
        start = self.later(0, 9)
        end = self.later(3, 11)
        yield "public-notice", start, {"end": end, "outcome": random.choice(("clear", "clear", "objection", None))}
        self.day = near(random, end, most=5)
        yield "prospect-decision", self.day, {"outcome": random.choice(("passed", None))}
        yield "sponsor-assignment", near(random, self.day, most=9), {}
        outcome = random.choice(("qualified", "qualified", "unqualified", None))
        yield "political-review", self.later(1, 90), {"outcome": outcome}
        hours = random.choice((23, 24, 25, None))
        yield "training", self.later(1, 90), {"days": random.choice((2, 3, 4, None)), "hours": hours, "end": self.day}

    def admission(self) -> Iterator[Act]:
        random = self.random
        yield "committee-review", self.later(1, 60), {"outcome": "passed"}
        yield "pre-examination-submission", self.later(0, 9), {}
        examined = self.later(1, 30)
        notified = near(random, plus(examined, days=2))
        outcome = random.choice(("passed", "passed", "not-passed"))
        yield "pre-examination", examined, {"notified": random.choice((notified, None)), "outcome": outcome}
        yield "admission-form", near(random, examined), {}
        self.day = self.limit(examined, 1)
        yield "general-meeting", self.day, self.vote()
        yield "recorded-admission-day", near(random, self.day), {}

    def vote(self) -> dict[str, Any]:
        random = self.random
        should = random.randint(3, 40)
        present = max(0, should // 2 + random.choice((0, 1, 1, 3, -1)))
        votes = {"votes_for": max(0, present + random.choice((0, 0, -1))), "written_for": random.choice((None, 0, 1))}
        outcome = random.choice(("passed", "passed", None, "not-passed"))
        return {"should_vote": should, "present_vote": present, "outcome": outcome, **votes}

    def probation(self) -> Iterator[Act]:
        random, met = self.random, self.day
        yield "approval-submission", self.later(0, 20), {}
        yield "approval-talk", self.later(0, 20), {}
        self.day = self.limit(random.choice((met, self.day)), random.choice((3, 3, 6)))
        end = plus(
            near(random, met, most=1) if random.random() < 0.3 else met, months=12, days=random.choice((0, 0, -1, 1))
        )
        yield (
            "approval",
            self.day,
            {
                "by": random.choice(("basic-committee", "basic-committee", "general-branch", "party-group", None)),
                "outcome": random.choice(("approved", "approved", "refused", None)),
                "notified": random.choice((None, near(random, self.day))),
                "reason": random.choice((None, None, "特殊情况")),
                "start": random.choice((met, met, near(random, met), None)),
                "end": random.choice((end, end, None)),
            },
        )
        yield "oath", self.limit(self.day, 1), {}
        yield "branch-entry", near(random, self.day, most=9), {}
        yield "probation-review", plus(met, months=6), {}
        yield "conversion-application", near(random, plus(met, months=12, days=-9)), {}
        yield from self.conversion(met)

    def conversion(self, met: date) -> Iterator[Act]:
        random, full = self.random, plus(met, months=12)
        if random.random() < 0.4:
            extended = plus(full, months=random.choice((5, 6, 6, 12, 12, 13)), days=random.choice((0, 0, -1, 1)))
            yield "extension", near(random, full), {"start": full, "end": random.choice((extended, extended, None))}
            if random.random() < 0.4:
                yield "extension", near(random, extended), {"start": extended, "end": plus(extended, months=6)}
            full = random.choice((full, extended))
        self.day = near(random, full)
        yield "conversion-meeting", self.day, {"outcome": random.choice(("passed", "passed", "extended"))}
        yield "conversion-submission", self.later(0, 9), {}
        yield "conversion-approval", self.later(1, 90), {"outcome": random.choice(("approved", "refused"))}
        yield "recorded-full-member-day", random.choice((near(random, full), self.day)), {}
        yield "archive", self.later(1, 30), {}
