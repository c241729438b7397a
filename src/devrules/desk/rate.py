"""How often something may be tried: so many times in a span of time, for each key."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from threading import Lock


class RateLimiter:
    """
    Counts attempts in a sliding window, for each key by itself.

    It keeps at most *keys* keys and forgets the one that was tried longest ago first, so guard what is common to all
    attempts (one fixed key) by a second limiter where an attacker can make up keys. One process counts for itself.

    Args:
        attempts: How many attempts in a window.
        seconds: How long the window is.
        clock: Tells the time in seconds; it never runs backwards.
        keys: How many keys are remembered at most.
    """

    def __init__(
        self, attempts: int, seconds: float, *, clock: Callable[[], float] = time.monotonic, keys: int = 10_000
    ) -> None:
        if attempts < 1 or seconds <= 0 or keys < 1:
            raise ValueError(f"expected at least one attempt, a window and one key, found {attempts, seconds, keys}")
        self._attempts = attempts
        self._seconds = seconds
        self._clock = clock
        self._keys = keys
        self._tried: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = Lock()

    def allow(self, key: str) -> bool:
        """
        Count an attempt, unless there were too many.

        Args:
            key: Who tries: an account, an address.

        Returns:
            Whether it may be made. An attempt that may not does not count.
        """
        with self._lock:
            now = self._clock()
            tried = self._tried.setdefault(key, deque())
            self._tried.move_to_end(key)
            while tried and tried[0] <= now - self._seconds:
                tried.popleft()
            if len(tried) >= self._attempts:
                return False
            tried.append(now)
            if len(self._tried) > self._keys:
                self._tried.popitem(last=False)
            return True

    def forget(self, key: str) -> None:
        """
        Start anew for a key, as after an attempt that succeeded.

        Args:
            key: Who tried.
        """
        with self._lock:
            self._tried.pop(key, None)

    def __len__(self) -> int:
        return len(self._tried)


__all__ = ["RateLimiter"]
