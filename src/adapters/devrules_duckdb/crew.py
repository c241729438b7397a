"""One piece of work after another, shared out among processes."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Protocol, TypeVar, cast

from devrules.errors import EngineFailure, UsageError

T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)
T = TypeVar("T")
R = TypeVar("R")


class Job(Protocol[T_contra, R_co]):
    """What is done; it is handed to each process once."""

    def begin(self) -> Callable[[T_contra], R_co]:
        """Make ready, and give what does one task."""


def cores() -> int:
    """Tell how many processes can work at once; one, where this process may not start others."""
    if multiprocessing.current_process().daemon:
        return 1
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def done(job: Job[T, R], tasks: Sequence[T], processes: int) -> Iterator[R]:
    """
    Do all tasks, and yield what comes of each as it is done, in any order.

    Args:
        job: What is done; it can be pickled where there are several processes.
        tasks: The tasks.
        processes: How many processes work; one is this process itself.

    Raises:
        EngineFailure: When a process dies.
        UsageError: When the job cannot be handed to another process.
        Exception: Whatever a task raises. No process is left then.
    """
    if min(processes, len(tasks)) > 1:
        yield from _shared_out(job, tasks, processes)
    elif tasks:
        yield from map(job.begin(), tasks)


def _shared_out(job: Job[T, R], tasks: Sequence[T], processes: int) -> Iterator[R]:
    waiting = iter(tasks)
    working: dict[Connection, BaseProcess] = {}
    try:
        for task in islice(waiting, processes):
            connection, process = _started(job)
            working[connection] = process
            _send(connection, process, task)
        while working:
            for connection in cast("list[Connection]", wait(list(working))):
                yield _received(connection, working[connection])
                for task in islice(waiting, 1):
                    _send(connection, working[connection], task)
                    break
                else:
                    connection.close()
                    working.pop(connection).join()
    finally:
        for process in working.values():
            process.terminate()
        for connection, process in working.items():
            process.join()
            connection.close()


def _started(job: Job[T, R]) -> tuple[Connection, BaseProcess]:
    # Spawned, not forked: threads, databases and C libraries of this process would come along half alive.
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, job), daemon=True)
    try:
        process.start()
    except (pickle.PicklingError, TypeError, AttributeError) as error:
        raise UsageError(f"the rules cannot be handed to another process ({error}): judge in one (jobs 1)") from error
    there.close()
    return here, process


def _send(connection: Connection, process: BaseProcess, task: object) -> None:
    try:
        connection.send(task)
    except OSError as error:
        raise _died(process) from error


def _received(connection: Connection, process: BaseProcess) -> Any:
    try:
        result, error = connection.recv()
    except (EOFError, OSError) as lost:
        raise _died(process) from lost
    if error is not None:
        raise error
    return result


def _died(process: BaseProcess) -> EngineFailure:
    process.join()
    return EngineFailure(
        f"a process that judged has died (exit code {process.exitcode}), nothing was written. -9 is often a lack of "
        "memory: fewer jobs need less. A script that starts processes needs `if __name__ == '__main__':`"
    )


def _work(connection: Connection, job: Job[Any, Any]) -> None:
    """Do the tasks that come, until none comes any more."""
    # Ctrl-C reaches every process of a terminal; the one that started this one ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work: Callable[[Any], Any] | None = None
    with contextlib.suppress(EOFError, OSError):
        while True:
            task = connection.recv()
            try:
                work = work or job.begin()
                told: tuple[Any, Exception | None] = work(task), None
            except Exception as error:  # noqa: BLE001  # it is raised where the work was asked for
                told = None, _sendable(error)
            connection.send(told)


def _sendable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301  # made a moment ago
    except Exception:  # noqa: BLE001  # whatever is wrong with it
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
