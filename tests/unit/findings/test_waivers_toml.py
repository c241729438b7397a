from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.errors import InvalidInput
from devrules.findings.waivers_toml import read_waivers

AS_OF = date(2021, 6, 1)
GOOD = """
[[waiver]]
rule = "two-guides"
dossier = "1"
author = "王五"
reason = "另有书面说明"
granted = 2021-05-01
expires = 2021-06-01

[[waiver]]
rule = "talk-in-time"
branch = "第一支部"
author = "王五"
reason = "封校"
granted = 2021-05-01
expires = 2022-01-01
"""
BAD = """
[[waiver]]
rule = "two-guide"
dossier = "1"
author = "王五"
reason = " "
granted = 2021-05-01

[[waiver]]
rule = "two-guide"
dossier = "1"
branch = "第一支部"
author = 5
reason = "r"
granted = "2021-05-01"
expires = 2021-01-01
expiry = 2021-01-01

[[waiver]]
rule = "two-guide"
dossier = "1"
author = "王五"
reason = "r"
granted = 2021-05-01
expires = 2021-01-01
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a file of waivers."""

    def written(text: str) -> Path:
        file = tmp_path / "waivers.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return written


def test_reads_waivers(write: Callable[[str], Path]) -> None:
    """For a dossier or for a branch."""
    first, second = read_waivers(write(GOOD), ["two-guides", "talk-in-time"])

    assert devrules.Waiver("two-guides", "1", "王五", "另有书面说明", AS_OF, granted=date(2021, 5, 1)) == first
    assert (None, "第一支部") == (second.dossier, second.branch)


def test_tells_everything_that_is_wrong_at_once(write: Callable[[str], Path]) -> None:
    """Each with its place, the value and what to write instead."""
    with pytest.raises(InvalidInput) as caught:
        read_waivers(write(BAD), ["two-guides"])

    told = [str(problem).partition("waivers.toml: ")[2] for problem in caught.value.problems]
    assert [
        "waiver[0].reason: ' ' says nothing (write it as reason = \"…\")",
        "waiver[0].rule: there is no rule 'two-guide' (did you mean 'two-guides'?)",
        "waiver[0].expires: is missing (write it as expires = 2027-01-01, without quotes)",
        "waiver[1].expiry: the key 'expiry' is not known (did you mean 'expires'?)",
        'waiver[1].author: 5 says nothing (write it as author = "…")',
        "waiver[1].rule: there is no rule 'two-guide' (did you mean 'two-guides'?)",
        'waiver[1]: names a dossier and a branch (name one: dossier = "…" (the id in a report) or branch = "…")',
        "waiver[1].granted: '2021-05-01' is not a day (write it as granted = 2027-01-01, without quotes)",
        "waiver[2].rule: there is no rule 'two-guide' (did you mean 'two-guides'?)",
        "waiver[2].expires: 2021-01-01 is before it was granted, 2021-05-01 (correct one of the days)",
    ] == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[waiver]", "is not TOML"),
        ("waiver = 1", "1 is no list of tables"),
        ("[[waivers]]", "the key 'waivers' is not known (did you mean 'waiver'?)"),
        ("[[waiver]]", "names neither a dossier nor a branch"),
    ],
)
def test_a_file_that_is_something_else(write: Callable[[str], Path], text: str, told: str) -> None:
    """Says what it should be."""
    with pytest.raises(InvalidInput) as caught:
        read_waivers(write(text), [])
    assert told in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Is named."""
    with pytest.raises(InvalidInput, match=r"none\.toml: the file cannot be read: No such file"):
        read_waivers(tmp_path / "none.toml", [])


def test_an_empty_file_waives_nothing(write: Callable[[str], Path]) -> None:
    """That is no mistake."""
    assert () == read_waivers(write(""), [])


@pytest.mark.parametrize(
    ("waiver", "verdict"),
    [
        (devrules.Waiver("talk-in-time", None, "王五", "r", AS_OF, branch="第一支部"), "waived"),
        (devrules.Waiver("talk-in-time", None, "王五", "r", AS_OF, branch="b1"), "waived"),
        (devrules.Waiver("talk-in-time", None, "王五", "r", AS_OF, branch="第二支部"), "fail"),
        (devrules.Waiver("two-guides", None, "王五", "r", AS_OF, branch="第一支部"), "fail"),
        (devrules.Waiver("talk-in-time", None, "王五", "r", date(2021, 5, 31), branch="第一支部"), "fail"),
    ],
    ids=["by name", "by id", "another branch", "another rule", "lapsed"],
)
def test_a_branch_is_waived(
    club: devrules.Rules, member: Callable[..., Dossier], waiver: devrules.Waiver, verdict: str
) -> None:
    """Everybody in it."""
    dossier = member(
        branch={"id": "b1", "name": "第一支部"}, application=[{"received": "2021-01-31"}], talk=[{"day": "2021-05-15"}]
    )
    report = club.check(dossier, as_of=AS_OF, waivers=[waiver])

    assert verdict == report.finding("talk-in-time").verdict
