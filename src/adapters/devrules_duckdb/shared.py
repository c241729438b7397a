"""One piece of work after another, shared out among threads: a database works while Python waits for it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Protocol, TypeVar

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)
R = TypeVar("R")
_AGAIN = 0.1


class Worker(Protocol[T_contra, R_co]):
    """What does one task at a time."""

    def work(self, task: T_contra, /) -> R_co:
        """Do a task."""

    def interrupt(self) -> None:
        """End what is being done now, if anything is; it is called from another thread."""


def shared(workers: Sequence[Worker[T, R]], tasks: Iterable[T]) -> list[R]:
    """
    Do all tasks, and list what comes of them, in any order.

    Args:
        workers: Each does one task at a time.
        tasks: The tasks.

    Raises:
        Exception: Whatever a task raises. Nobody works any more then.
    """
    waiting, lock, stopped = iter(tasks), threading.Lock(), threading.Event()

    def taken() -> Iterator[T]:
        while not stopped.is_set():
            with lock:
                task = next(waiting, stopped)
            if task is stopped:
                return
            yield task  # type: ignore[misc]  # it is no event

    def work(worker: Worker[T, R]) -> list[R]:
        return [worker.work(task) for task in taken()]

    with ThreadPoolExecutor(len(workers)) as pool:
        working: list[Future[list[R]]] = [pool.submit(work, worker) for worker in workers]
        try:
            return [one for future in _as_they_end(working) for one in future.result()]
        finally:
            stopped.set()
            # What is interrupted between two statements begins the next one.
            while wait(working, _AGAIN).not_done:
                for worker in workers:
                    worker.interrupt()


def _as_they_end(working: Sequence[Future[R]]) -> Iterator[Future[R]]:
    """Yield those that have ended: at once the one that has failed."""
    left = set(working)
    while left:
        ended, left = wait(left, return_when="FIRST_COMPLETED")
        yield from ended
