"""Work shared out among processes: done, raised, died, interrupted."""

from __future__ import annotations

import multiprocessing
import time
from pathlib import Path
from typing import Any

import pytest

from devrules.errors import EngineDisagreement, EngineFailure, InvalidInput, Problem, UsageError

pytest.importorskip("duckdb")

from devrules_duckdb.crew import cores, done

# Another process has to import it: it stands in a file of its own.
JOBS = """
import os
import signal
import time

from devrules.errors import EngineDisagreement, InvalidInput, Problem


class Job:
    def begin(self):
        return work


class Odd(Exception):
    def __init__(self, one, two):
        super().__init__(one + two)


def work(task):
    match task:
        case "disagree":
            raise EngineDisagreement("one", ["pass", "fail"])
        case "invalid":
            raise InvalidInput([Problem("here", "is wrong", "mend it"), Problem("there", "as well")])
        case "odd":
            raise Odd("a", "b")
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "sleep":
            time.sleep(60)
    return os.getpid(), task
"""


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    (tmp_path / "jobs_of_a_crew.py").write_text(JOBS, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import jobs_of_a_crew  # type: ignore[import-not-found]  # made above  # noqa: PLC0415

    return jobs_of_a_crew.Job()


def test_all_is_done_by_as_many_processes_as_asked(job: Any) -> None:
    """None of them is this one, and none is left."""
    told = list(done(job, range(5), 2))

    assert [0, 1, 2, 3, 4] == sorted(task for _, task in told)
    assert 2 == len({process for process, _ in told} - {multiprocessing.current_process().pid})
    assert [] == multiprocessing.active_children()


def test_one_process_is_this_one(job: Any) -> None:
    assert {multiprocessing.current_process().pid} == {process for process, _ in done(job, range(3), 1)}
    assert [] == list(done(job, [], 4))
    assert cores() >= 1


def test_what_is_raised_comes_as_it_was(job: Any) -> None:
    """With all that it carries, and with what it says where it cannot be handed over."""
    with pytest.raises(EngineDisagreement) as differ:
        list(done(job, ["disagree", "sleep"], 2))
    assert ("one", ("pass", "fail")) == (differ.value.rule, differ.value.verdicts)
    with pytest.raises(InvalidInput) as invalid:
        list(done(job, ["invalid", "sleep"], 2))
    assert (Problem("here", "is wrong", "mend it"), Problem("there", "as well")) == invalid.value.problems
    with pytest.raises(RuntimeError, match="Odd: ab"):
        list(done(job, ["odd", "sleep"], 2))
    assert [] == multiprocessing.active_children()


def test_a_process_that_dies_is_an_error(job: Any) -> None:
    """The others are ended at once."""
    start = time.monotonic()
    with pytest.raises(EngineFailure, match="exit code -9"):
        list(done(job, ["sleep", "die"], 2))
    assert [] == multiprocessing.active_children()
    assert time.monotonic() - start < 50


def test_whoever_stops_listening_ends_the_work(job: Any) -> None:
    """As Ctrl-C does."""
    working = done(job, ["first", "sleep", "sleep"], 2)
    assert "first" == next(working)[1]
    working.close()  # type: ignore[attr-defined]  # it is a generator
    assert [] == multiprocessing.active_children()


def test_what_cannot_be_handed_over_is_refused() -> None:
    class Local:
        def begin(self) -> Any:
            return abs

    with pytest.raises(UsageError, match="judge in one"):
        list(done(Local(), [1, 2], 2))
    assert [1, 2] == list(done(Local(), [1, -2], 1))
