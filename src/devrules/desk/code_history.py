"""Codes to the lines of their history, 历史串码记录, in Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

import attrs

from devrules.desk.ports import Code, CodeStatus

STATUSES: dict[CodeStatus, str] = {
    "unused": "未使用",
    "activated": "已激活",
    "expired": "已过期",
    "revoked": "已撤销",
}

_CHINA = ZoneInfo("Asia/Shanghai")


@attrs.frozen(kw_only=True)
class HistoryLine:
    """
    A code as its history shows it; the secret is kept nowhere and cannot be shown again.

    Args:
        id: The id of the code.
        kind: ``串码`` for a single use, ``二维码`` for many.
        status: Its status in words.
        made: When it was made, by the clocks of China.
        expires: When it becomes or became invalid.
        used: When it was last used; empty: never.
        uses: How often it was used.
        by: Who made it.
    """

    id: str
    kind: str
    status: str
    made: str
    expires: str
    used: str
    uses: int
    by: str


def history(codes: Iterable[Code], now: datetime) -> tuple[HistoryLine, ...]:
    """
    Give the history of codes.

    Args:
        codes: The codes, as a store lists them for a time.
        now: When one looks: a code that nobody used may have expired since.

    Returns:
        A line for each, in the same order.
    """
    return tuple(_line(code, now) for code in codes)


def _line(code: Code, now: datetime) -> HistoryLine:
    return HistoryLine(
        id=code.id,
        kind="串码" if code.single else "二维码",
        status=STATUSES[code.status(now)],
        made=china_time(code.made),
        expires=china_time(code.expires),
        used=china_time(code.used) if code.used else "",
        uses=code.uses,
        by=code.by,
    )


def china_time(moment: datetime) -> str:
    """Write a moment by the clocks of China."""
    return f"{moment.astimezone(_CHINA):%Y-%m-%d %H:%M}"


__all__ = ["STATUSES", "HistoryLine", "china_time", "history"]
