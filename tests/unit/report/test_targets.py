"""What is written from Python never goes over what was read; the commands are tested by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import devrules
from devrules.errors import UsageError

AS_OF = date(2026, 11, 21)


def impact(rules: devrules.Rules, ledger: Path) -> devrules.api.Impact:
    return rules.impact(ledger, as_of=AS_OF, from_="xize-2014", to="xize-2026")


@pytest.mark.parametrize(
    "write",
    [
        lambda rules, ledger, target: rules.audit(ledger, as_of=AS_OF).save(target, form="csv"),
        lambda rules, ledger, target: rules.audit(ledger, as_of=AS_OF, keep=False).save(target, form="csv"),
        lambda rules, ledger, target: rules.audit(ledger, as_of=AS_OF).annotate(target),
        lambda rules, ledger, target: impact(rules, ledger).save(target, form="csv"),
    ],
    ids=["report", "report of a stream", "marked copy", "impact"],
)
def test_a_source_is_not_written_over(
    rules: devrules.Rules, tmp_path: Path, write: Callable[[devrules.Rules, Path, Path], None]
) -> None:
    """By its own name or by another one."""
    ledger, link = tmp_path / "台账.csv", tmp_path / "link"
    ledger.write_text("姓名,收到申请书日期,谈话日期\n李四,2025-01-31,2025-03-05\n", encoding="utf-8")
    link.symlink_to(ledger)
    before = ledger.read_bytes()

    for target in (ledger, link):
        with pytest.raises(UsageError, match="is read, and would be written over; name another file"):
            write(rules, ledger, target)
    assert (before, {ledger, link}) == (ledger.read_bytes(), set(tmp_path.iterdir()))


def test_nor_is_the_mapping(rules: devrules.Rules, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text("", encoding="utf-8")

    with pytest.raises(UsageError, match="is read, and would be written over"):
        rules.audit([], as_of=AS_OF, mapping=mapping).save(mapping, form="csv")
    assert "" == mapping.read_text(encoding="utf-8")
