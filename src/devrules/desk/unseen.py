"""Text without what nobody sees: control characters, and those that turn the direction of writing."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))
"""Categories of Unicode: control, format, half characters, not assigned, line and paragraph separators."""


def without_unseen(text: str, keep: str = "") -> str:
    """
    Leave out characters that cannot be seen, or that deceive the eye.

    Args:
        text: What someone wrote.
        keep: Characters that stay all the same.
    """
    return "".join(one for one in text if one in keep or unicodedata.category(one) not in _UNSEEN)


__all__ = ["without_unseen"]
