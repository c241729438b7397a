"""How often a code may be tried."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from devrules.desk.rate import RateLimiter


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def tries(limiter: RateLimiter, key: str, times: int) -> Iterator[bool]:
    return (limiter.allow(key) for _ in range(times))


def test_so_many_attempts_are_allowed(clock: Clock) -> None:
    """And no more."""
    limiter = RateLimiter(3, 60, clock=clock)

    assert [True, True, True, False, False] == [*tries(limiter, "a", 5)]


def test_each_key_is_counted_by_itself(clock: Clock) -> None:
    """One who tries too often is not in the way of another."""
    limiter = RateLimiter(1, 60, clock=clock)

    assert [True, False] == [*tries(limiter, "a", 2)]
    assert limiter.allow("b")


def test_the_window_slides(clock: Clock) -> None:
    """Each attempt counts for its own minute, not for that of the first."""
    limiter = RateLimiter(2, 60, clock=clock)

    found = []
    for now in (0, 40, 59.9, 60, 61, 99.9, 100):
        clock.now = now
        found.append(limiter.allow("a"))

    assert [True, True, False, True, False, False, True] == found


def test_what_was_refused_does_not_count(clock: Clock) -> None:
    """Who waits for a minute can try again, however often they knocked."""
    limiter = RateLimiter(1, 60, clock=clock)
    assert 1 == sum(tries(limiter, "a", 100))

    clock.now = 60

    assert limiter.allow("a")


def test_a_success_begins_anew(clock: Clock) -> None:
    """A key that is not there is no mistake."""
    limiter = RateLimiter(1, 60, clock=clock)
    limiter.allow("a")

    limiter.forget("a")
    limiter.forget("never tried")

    assert limiter.allow("a")


def test_memory_is_bounded(clock: Clock) -> None:
    """The key that was tried longest ago is forgotten first, also when it was the first to be tried at all."""
    limiter = RateLimiter(1, 60, clock=clock, keys=3)
    for key in "abc":
        limiter.allow(key)
    limiter.allow("a")

    limiter.allow("d")

    assert 3 == len(limiter)
    assert [False, False, False] == [limiter.allow(key) for key in "acd"]
    assert limiter.allow("b")


def test_threads_do_not_count_past_each_other() -> None:
    """A thousand attempts at once, of which ten are allowed."""
    limiter = RateLimiter(10, 3600)

    with ThreadPoolExecutor(8) as pool:
        assert 10 == sum(pool.map(limiter.allow, ["a"] * 1000))


@pytest.mark.parametrize(("attempts", "seconds", "keys"), [(0, 60, 1), (1, 0, 1), (1, 60, 0)])
def test_a_limit_must_allow_something(attempts: int, seconds: int, keys: int) -> None:
    """At least one attempt, a window, one key."""
    with pytest.raises(ValueError, match="at least one attempt"):
        RateLimiter(attempts, seconds, keys=keys)
