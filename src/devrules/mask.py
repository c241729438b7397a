"""Personal data made unreadable: names, ID numbers and telephone numbers, for logs, reports and errors."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?<!\d)(\d{3})\d{4,}([\dXx]{2})(?!\d)")


def mask_name(name: str) -> str:
    """Keep the first character of a name: ``张*``."""
    return name[:1] + "*" * (len(name) - 1)


def mask_number(number: str) -> str:
    """Keep the first three and the last two characters of an ID or telephone number."""
    kept = 5
    if len(number) <= kept:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - kept) + number[-2:]


def mask_text(text: str) -> str:
    """Make every number in *text* unreadable that is long enough for an ID or telephone number."""
    return _NUMBER.sub(lambda found: mask_number(found.group()), text)
