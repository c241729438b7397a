"""历史串码记录."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

from devrules.desk.code_history import STATUSES, HistoryLine, history
from devrules.desk.codes import make_code, revoke, use
from devrules.desk.ports import CodeStatus

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
DAY = timedelta(days=1)


def test_every_status_has_words() -> None:
    """Four of them."""
    assert set(get_args(CodeStatus)) == set(STATUSES)


def test_a_line_tells_when_by_the_clocks_of_china() -> None:
    """A quarter past eight in the evening in UTC is early on the next day there."""
    _, code = make_code("b1", by="admin", now=NOW, lifetime=DAY, single=False)

    [line] = history([use(code, NOW + timedelta(hours=1))], NOW)

    assert HistoryLine(
        id=code.id,
        kind="二维码",
        status="已激活",
        made="2026-11-23 04:15",
        expires="2026-11-24 04:15",
        used="2026-11-23 05:15",
        uses=1,
        by="admin",
    ) == (line)


def test_the_status_is_that_of_the_moment() -> None:
    """A code that nobody used has expired a day later; one that was used has not."""
    [(_, first), (_, second), (_, third)] = [
        make_code("b1", by="admin", now=NOW, lifetime=DAY, single=True) for _ in range(3)
    ]
    codes = (first, use(second, NOW), revoke(third, NOW))

    assert ["未使用", "已激活", "已撤销"] == [line.status for line in history(codes, NOW)]
    assert ["已过期", "已激活", "已撤销"] == [line.status for line in history(codes, NOW + DAY)]
    assert ["", "2026-11-23 04:15", ""] == [line.used for line in history(codes, NOW)]
    assert {"串码"} == {line.kind for line in history(codes, NOW)}
