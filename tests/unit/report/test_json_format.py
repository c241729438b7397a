from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

import devrules
from devrules.report.json_format import report_data, report_json

SCHEMA = json.loads((Path(__file__).parent / "report-1.schema.json").read_text(encoding="utf-8"))


def test_keeps_to_the_format(audit: devrules.Audit) -> None:
    """Other tools rely on every key, and on no other."""
    Draft202012Validator.check_schema(SCHEMA)
    data = json.loads(report_json(audit))

    assert [] == [f"{error.json_path}: {error.message}" for error in Draft202012Validator(SCHEMA).iter_errors(data)]
    assert data == report_data(audit)


def test_the_format_is_strict(audit: devrules.Audit) -> None:
    """A key more or less is a change of the format."""
    data = json.loads(report_json(audit))
    more, less = data | {"new": 1}, {name: value for name, value in data.items() if name != "engine"}

    assert not Draft202012Validator(SCHEMA).is_valid(more)
    assert not Draft202012Validator(SCHEMA).is_valid(less)


def test_counts_what_it_holds(audit: devrules.Audit) -> None:
    """Every finding has a verdict and a lamp."""
    summary = report_data(audit)["summary"]
    findings = sum(len(report.findings) for report in audit.reports)

    assert (2, findings, findings) == (
        summary["dossiers"],
        *(sum(summary[one].values()) for one in ("verdicts", "lamps")),
    )
    assert 1 == summary["verdicts"]["waived"]


def test_masks_names_and_numbers(audit: devrules.Audit) -> None:
    """Whoever passes a report on passes nobody's name on, unless he asks for it."""
    masked, full = report_json(audit), report_json(audit, unmask=True)

    for secret in ("张三丰", "李四", "赵六", "110101199001011234"):
        assert secret not in masked
        assert secret in full
    assert "张**" in masked
    assert "2023.13.1" in masked


def test_writes_chinese_as_it_is(audit: devrules.Audit) -> None:
    """Not as escapes, and with a line break at the end."""
    text = report_json(audit)

    assert "按期谈话" in text
    assert text.endswith("}\n")


def test_tells_the_gates_with_lamps_on(audit: devrules.Audit) -> None:
    """A waiver, the article and both ends of what is imprecise stand with the finding."""
    _, bad = report_data(audit)["dossiers"]
    findings = {finding["rule"]: finding for finding in bad["findings"]}

    assert [{"gate": "filing", "lamps": ["two-guides", "reviewed-twice-a-year", "floating-reviewed"]}] == bad["gates"]
    assert {"author": "王五", "reason": "查无", "expires": "2022-01-01"} == findings["quorum-met"]["waiver"]
    assert findings["notice-long-enough"]["edition"] is None
    assert {"low": "2019-12-31", "high": "2020-01-01"} == findings["notice-long-enough"]["measured"]["start"]


def test_an_audit_of_nobody_keeps_to_the_format(club: devrules.Rules, audit: devrules.Audit) -> None:
    """An empty ledger is no error."""
    empty = club.audit([], as_of=audit.as_of)

    assert Draft202012Validator(SCHEMA).is_valid(report_data(empty))


def test_json_lines_have_the_same_dossiers(audit: devrules.Audit, tmp_path: Path) -> None:
    """One a line, each with what identifies the run."""
    audit.save(tmp_path / "report.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text(encoding="utf-8").splitlines()]
    basis = {
        "format": "devrules.report/1",
        "as_of": "2021-06-01",
        "engine": "reference",
        "rulesets": "club@1",
        "subject": "person",
    }

    assert [basis | one for one in report_data(audit)["dossiers"]] == lines
