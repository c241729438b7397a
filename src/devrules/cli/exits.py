"""
The exit codes; the highest of 5, 3, 4, 1 wins.

    0  nothing at or above the fail level
    1  findings at or above it
    2  the command was used wrongly
    3  a ruleset is invalid
    4  a file, row or rule could not be judged at all
    5  an internal error: a defect of devrules

    130 and 143: interrupted by Ctrl-C or by SIGTERM

At the desk 1 says that the process refused something, that someone else was faster, or that a journal was tampered
with; 4 that the store, an attachment or another file could not be read or written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:  # the command starts with this file, and imports the rest once it can be interrupted
    from devrules.findings.finding import Finding

CLEAN = 0
FINDINGS = 1
REFUSED = 1
USAGE = 2
INVALID_RULESET = 3
NOT_JUDGED = 4
NOT_STORED = 4
INTERNAL = 5
INTERRUPTED = 130

FailLevel: TypeAlias = Literal["must", "should", "never"]


def code_for(findings: Iterable[Finding], level: FailLevel) -> int:
    """
    Tell the exit code for some findings.

    Args:
        findings: What was found.
        level: ``must``: only red lamps count; ``should``: every fail, also of local rules and in transition;
            ``never``: none.
    """
    if level == "never":
        return CLEAN
    failed = (finding for finding in findings if finding.verdict == "fail")
    return FINDINGS if any(level == "should" or finding.lamp == "red" for finding in failed) else CLEAN


def worst(codes: Iterable[int]) -> int:
    """Tell which of several exit codes wins."""
    order = (CLEAN, FINDINGS, NOT_JUDGED, INVALID_RULESET, INTERNAL)
    return max(codes, key=order.index, default=CLEAN)
