"""The garbage collector at rest while millions of objects are made, none of them in a circle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """
    Let the garbage collector rest.

    It would look at every new object again and again, and once more when it wakes; so what was made meanwhile is put
    where it keeps the old ones. A host that froze its own objects keeps them frozen, and waits that once.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:
            gc.freeze()
            gc.unfreeze()
        gc.enable()
