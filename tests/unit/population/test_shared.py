"""Work shared out among threads: done, raised, interrupted."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

pytest.importorskip("duckdb")

from devrules_duckdb.shared import shared


class Patient:
    """Works until it is interrupted, where the task is to wait."""

    def __init__(self) -> None:
        self.interrupted = threading.Event()
        self.done: list[object] = []

    def work(self, task: object, /) -> object:
        if isinstance(task, Exception):
            raise task
        if task == "wait":
            assert self.interrupted.wait(60)
            raise KeyError("interrupted")
        time.sleep(0.01)
        self.done.append(task)
        return task

    def interrupt(self) -> None:
        self.interrupted.set()


@pytest.mark.parametrize("workers", [1, 3])
def test_every_task_is_done_once(workers: int) -> None:
    team = [Patient() for _ in range(workers)]

    assert list(range(20)) == sorted(map(int, map(str, shared(team, range(20)))))
    assert 20 == sum(len(one.done) for one in team)
    assert all(one.done for one in team)


def test_what_one_raises_ends_what_the_others_do() -> None:
    """At once, though others are in the middle of a long task, and nothing that waits is begun."""
    team = [Patient(), Patient()]
    begun: list[object] = []

    def tasks() -> Iterator[object]:
        for task in ("wait", ValueError("this one"), *range(10)):
            begun.append(task)
            yield task

    with pytest.raises(ValueError, match="this one"):
        shared(team, tasks())
    assert all(one.interrupted.is_set() for one in team)
    assert 2 == len(begun)


def test_no_tasks() -> None:
    assert [] == shared([Patient()], [])
