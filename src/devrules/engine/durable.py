"""
Outcomes and facts to the C module of durable-rules, within the part of it that is safe.

The only module that knows durable-rules. It asserts one flat fact of whole numbers, in one session, and takes the
session away again; the conditions compare properties with constants and are joined by "and" and "or". Joins, batches,
timers, other value types and the library's own ``Host`` crash the interpreter or answer wrongly, and are not used.

An engine may be shared between threads, and lives on in a forked child.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import threading
import weakref
from collections.abc import Sequence
from itertools import count
from typing import Protocol, cast

from devrules.engine.api import Fact, Outcome
from devrules.engine.buckets import Bucket, pack
from devrules.engine.checks import check_fact, check_outcomes, verdicts_of
from devrules.engine.to_durable import ALWAYS, SENTINEL, to_durable
from devrules.errors import EngineFailure, UsageError


class _Module(Protocol):
    """The functions of the C module that are used."""

    error: type[Exception]

    def create_ruleset(self, name: str, rules: str) -> int: ...
    def delete_ruleset(self, handle: int) -> None: ...
    def assert_fact(self, handle: int, fact: str) -> tuple[int, int]: ...
    def start_action_for_state(self, handle: int, state: int) -> tuple[str, str] | None: ...
    def complete_and_start_action(self, handle: int, state: int) -> str | None: ...
    def delete_state(self, handle: int, sid: str) -> None: ...


_c: _Module | None = None
_version = ""
_why_not = ""
try:
    _c = cast("_Module", importlib.import_module("durable_rules_engine"))
    _version = importlib.metadata.version("durable-rules")
except ImportError as error:  # not installed, or built for an older interpreter: "undefined symbol" on Python 3.13
    _why_not = str(error)

_SID = "0"
# Given, so that the C module need not work the id out from the content: a tenth of a run.
_START = f'{{"sid":"{_SID}","id":"0","{ALWAYS}":1'

_ruleset_numbers = count()


def available() -> str | None:
    """
    Tell whether durable-rules can be imported.

    Returns:
        Its version, or None.
    """
    return None if _c is None else _version


def why_unavailable() -> str:
    """
    Tell why durable-rules cannot be imported.

    Returns:
        What the import said; empty when it can be.
    """
    return _why_not


class Durable:
    """
    Judges by durable-rules.

    Args:
        outcomes: The outcomes of all rules.

    Raises:
        InvalidRuleset: When a constant is not a whole number of 64 bits, or a rule is too wide for durable-rules.
        UsageError: When durable-rules cannot be imported.
    """

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        version = available()
        if version is None:
            raise UsageError(f"durable-rules cannot be imported: {why_unavailable()}")
        check_outcomes(outcomes)
        self._name = f"durable-rules {version}"
        self._sessions = [_Session(bucket) for bucket in pack(outcomes)]

    @property
    def name(self) -> str:
        """``durable-rules`` and its version."""
        return self._name

    def judge(self, fact: Fact) -> dict[str, str]:
        """
        Tell the verdict of every rule that reached one.

        Args:
            fact: The ends of the known measures.

        Returns:
            Rule id to verdict, in the order of the outcomes.

        Raises:
            EngineFailure: When the C module reports an error or stops halfway.
            EngineDisagreement: When two outcomes of one rule hold at once.
            InvalidInput: When a value is not a whole number of 64 bits.
        """
        check_fact(fact)
        return verdicts_of([outcome for session in self._sessions for outcome in session.run(fact)])


class _Session:
    """One bucket, compiled; judges one fact at a time."""

    def __init__(self, bucket: Bucket) -> None:
        self._module = cast("_Module", _c)
        self._outcomes = bucket.outcomes
        self._text = to_durable(bucket)
        self._open()
        _sessions.add(self)

    def run(self, fact: Fact) -> list[Outcome]:
        """Give the outcomes that hold of *fact*."""
        get = fact.get
        known = [f',"{name}":{value}' for name, prop in self._text.names if (value := get(prop)) is not None]
        fired = self._fire(f"{_START}{''.join(known)}}}")
        owners = self._text.owners
        # A set: an outcome of which several branches hold fires as many times.
        return [self._outcomes[index] for index in sorted({owners[name] for name in fired})]

    def reopen_if_busy(self) -> None:
        """Start afresh in a forked child, if another thread was in the middle of a run."""
        if self._lock.locked():
            self._open()

    def _open(self) -> None:
        self._lock = threading.Lock()
        name = f"devrules-{next(_ruleset_numbers)}"
        self._handle = self._module.create_ruleset(name, self._text.rules)
        # Not at exit: threads may still be judging then, and the process gives everything back anyway.
        weakref.finalize(self, self._module.delete_ruleset, self._handle).atexit = False
        # The C module frees what the first run has not set yet if that run fails: let it be one that cannot.
        self._fire(f"{_START}}}")

    def _fire(self, message: str) -> list[str]:
        try:
            with self._lock:
                fired = self._firings(message)
        except self._module.error as error:
            raise EngineFailure(f"durable-rules: {error}") from error
        if SENTINEL not in fired:
            raise EngineFailure("durable-rules stopped before the end of a run")
        fired.remove(SENTINEL)
        return fired

    def _firings(self, message: str) -> list[str]:
        handle, go_on = self._handle, self._module.complete_and_start_action
        fired: list[str] = []
        try:
            _, state = self._module.assert_fact(handle, message)
            first = self._module.start_action_for_state(handle, state)
            text = first[1] if first else None
            while text:
                # The text is {"<name>":{"m":<the fact>}}; parsing it would triple the time.
                fired.append(text[2 : text.index('"', 2)])
                text = go_on(handle, state)
        finally:
            self._module.delete_state(handle, _SID)
        return fired


_sessions: weakref.WeakSet[_Session] = weakref.WeakSet()


def _after_fork() -> None:
    for session in list(_sessions):
        session.reopen_if_busy()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
