"""The formats in which what a change changes is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from devrules.report.formats import How, to_bytes
from devrules.report.impact import Differences

# A format is imported when it is first used, as those of audits are.


@attrs.frozen
class ImpactFormat:
    """
    A format of what a change changes.

    Args:
        name: What ``--format`` calls it.
        suffix: How files of it end.
        pieces: Gives it, piece by piece.
    """

    name: str
    suffix: str
    pieces: Callable[[Differences, How], Iterable[bytes]]


def _text(impact: Differences, how: How) -> Iterator[bytes]:
    from devrules.report.impact_text import impact_text  # noqa: PLC0415

    yield to_bytes(impact_text(impact, lang=how.lang, unmask=how.unmask))


def _json(impact: Differences, how: How) -> Iterator[bytes]:
    from devrules.report.impact_json import impact_json  # noqa: PLC0415

    yield to_bytes(impact_json(impact, unmask=how.unmask))


def _csv(impact: Differences, how: How) -> Iterator[bytes]:
    from devrules.report.impact_csv import impact_csv  # noqa: PLC0415

    yield to_bytes(impact_csv(impact, lang=how.lang, unmask=how.unmask))


def _html(impact: Differences, how: How) -> Iterator[bytes]:
    from devrules.report.impact_html import impact_html  # noqa: PLC0415

    yield from map(to_bytes, impact_html(impact, how))


_ALL = (
    ImpactFormat("text", ".txt", _text),
    ImpactFormat("json", ".json", _json),
    ImpactFormat("csv", ".csv", _csv),
    ImpactFormat("html", ".html", _html),
)
IMPACT_FORMATS: Mapping[str, ImpactFormat] = {one.name: one for one in _ALL}
"""By their names."""
