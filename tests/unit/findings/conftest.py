"""What the tests of findings share: one finding of the club's rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

import devrules
from devrules import Finding, Waiver
from devrules.dossier.model import Dossier


@pytest.fixture
def judged(club: devrules.Rules, member: Callable[..., Dossier]) -> Callable[..., Finding]:
    """Judges a dossier by one rule: ``judged("talk-in-time", "2021-06-01", talk=[…])``."""

    def judge(rule: str, as_of: str = "2021-06-01", *, waivers: Sequence[Waiver] = (), **parts: Any) -> Finding:
        report = club.check(member(**parts), as_of=date.fromisoformat(as_of), waivers=waivers)
        return report.finding(rule)

    return judge
