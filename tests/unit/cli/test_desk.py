"""The commands of the desk: what is done, listed, shown; the process decides, so only the way to it is tested."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import devrules
from devrules.api.desk import Desk

Run = Callable[..., tuple[int, str, str]]

AS_APPLICANT = ("--as", "applicant", "--actor", "zhang")
AS_COMMITTEE = ("--as", "committee", "--actor", "zhou", "--organisation", "c1")


def as_json(printed: tuple[int, str, str]) -> Any:
    code, out, err = printed
    assert (0, "") == (code, err)
    return json.loads(out)


def test_a_person_registers_and_hands_in(at_desk: Run, applicant: str) -> None:
    """An applicant need not name their own dossier, and a branch names it by its first characters."""
    handed = at_desk("hand-in", "application", *AS_APPLICANT, "--as-of", "2025-01-31", "--set", "content=申请")
    approved = at_desk("approve", "入党申请书", applicant[:6])
    shown = as_json(at_desk("show", applicant, "--format", "json"))

    assert "done: hand in: application for membership [application-1]; applicant, version 2\n" == handed[1]
    assert "done: approve: application for membership [application-1]; applicant, version 3\n" == approved[1]
    assert "2025-01-31" == shown["records"]["application"][0]["received"]


def test_verbs_and_roles_have_chinese_names(at_desk: Run, applicant: str) -> None:
    """As the process has them."""
    code, out, _ = at_desk("录入", "谈话", applicant, "--as", "支部管理员", "--lang", "zh", "--as-of", "2025-02-10")

    assert (0, "已办理：录入谈话 [talk-1]；入党申请人，卷宗版本 2\n") == (code, out)


def test_help_lists_what_the_process_knows(at_desk: Run, rules: devrules.Rules) -> None:
    """Every verb, and with it every kind of record, by both names."""
    _, verbs, _ = at_desk("--help")
    _, kinds, _ = at_desk("record", "--help")

    law = rules.process.law
    assert "send-back (退回重新备案)" in verbs
    assert "explain (录入情况说明)" in verbs
    for kind, step in law.steps.items():
        assert (f"{kind}  " in kinds) == bool(step.record)


def test_an_overlay_changes_what_can_be_done(at_desk: Run, loaded: Callable[..., devrules.Rules]) -> None:
    """The process is that of the overlays that are named, wherever they stand."""
    _, without, _ = at_desk("approve", "--help")
    _, with_overlay, _ = at_desk("approve", "--help", "--overlay", "epioneer-2018")

    reviewed = loaded(overlays=("epioneer-2018",)).process.law.steps["thought-report"].review
    assert ("thought-report" in without, "thought-report" in with_overlay) == (False, bool(reviewed))


def test_options_may_stand_before_the_command(at_desk: Run, applicant: str) -> None:
    """Before and behind it they mean the same."""
    before = at_desk("--as", "committee", "--organisation", "c1", "--lang", "zh", "list")
    behind = at_desk("list", "--as", "committee", "--organisation", "c1", "--lang", "zh")

    assert applicant[:8] in before[1]
    assert before == behind


def test_a_gate_is_previewed_refused_acknowledged_and_explained(at_desk: Run, applicant: str) -> None:
    """The lamps of the manuals, from the command line."""
    at_desk("hand-in", "application", *AS_APPLICANT, "--as-of", "2025-01-31")
    at_desk("approve", "application", applicant)
    at_desk("record", "activist-decision", applicant, "--as-of", "2025-03-20", "--set", "outcome=通过")

    looked = as_json(at_desk("preview", "确定积极分子并备案", applicant, "--as-of", "2025-03-21", "--format", "json"))
    text = at_desk("preview", "activist-filing", applicant, "--as-of", "2025-03-21")[1]
    lamps = [finding["rule"] for finding in looked["lamps"]]
    refused = at_desk("file", "activist-filing", applicant, "--as-of", "2025-03-21")
    filed = at_desk("file", "activist-filing", applicant, "--as-of", "2025-03-21", "--acknowledge")
    owing = as_json(at_desk("list", "--owing", "--format", "json"))["dossiers"][0]["owed"]
    explained = at_desk("explain", applicant, "--content", "谈话未作记录")

    assert "talk-within-one-month" in lamps
    assert f"filing of the activist: {len(lamps)} lamps are on\n" == text.partition("\n")[0] + "\n"
    assert 1 == refused[0]
    assert refused[1] == ""
    assert "A talk is held within one month" in refused[2]
    assert f"lamps were on, explain them ({len(lamps)}):" in filed[1]
    assert (0, 1) == (explained[0], owing)
    assert 0 == as_json(at_desk("list", "--format", "json"))["dossiers"][0]["owed"]


def test_a_gate_without_lamps_says_so(at_desk: Run) -> None:
    """Of someone who was taken over, what was before is not known, and nothing fails."""
    at_desk("adopt", _adopted(Path("a.json")))
    [row] = as_json(at_desk("list", "--stage", "activist", "--format", "json"))["dossiers"]

    assert "no lamp is on" in at_desk("preview", "activist-filing", row["id"])[1]


def _adopted(path: Path) -> Path:
    dossier = {
        "format": "devrules.dossier/1",
        "id": "1",
        "person": {"name": "王五"},
        "recorded_kinds": ["recorded-activist-day"],
        "records": {"recorded-activist-day": [{"day": "2024-05-20"}]},
    }
    path.write_text(json.dumps(dossier, ensure_ascii=False), encoding="utf-8")
    return path


def test_an_edit_keeps_what_is_not_stated(at_desk: Run, applicant: str) -> None:
    """And an empty value takes a field away; a file is added to those that are there."""
    Path("a.txt").write_text("一", encoding="utf-8")
    Path("b.txt").write_text("二", encoding="utf-8")
    at_desk(
        "record",
        "talk",
        applicant,
        "--as-of",
        "2025-02-10",
        "--set",
        "talker=石守拙",
        "--set",
        "content=谈话",
        "--file",
        "a.txt",
    )
    at_desk(
        "edit", "talk", applicant, "--target", "talk-1", "--set", "content=", "--set", "title=谈", "--file", "b.txt"
    )

    [talk] = as_json(at_desk("show", applicant, "--format", "json", "--unmask"))["records"]["talk"]

    assert ["a.txt", "b.txt"] == [one["name"] for one in talk.pop("attachments")]
    assert {"id": "talk-1", "day": "2025-02-10", "talker": "石守拙", "title": "谈"} == talk


def test_the_persons_data_are_described_in_part(at_desk: Run, applicant: str) -> None:
    """What is not stated stays."""
    at_desk("describe", applicant, "--set", "floating=no", "--set", "phone=13900001111")

    assert {"name": "张**", "floating": False, "phone": "139******11"} == {
        name: value
        for name, value in as_json(at_desk("show", applicant, "--format", "json"))["person"].items()
        if value is not None
    }


def test_contacts_are_chosen_from_the_members(at_desk: Run) -> None:
    """Who may be is listed; who may not be is refused."""
    at_desk("adopt", _adopted(Path("a.json")))
    [row] = as_json(at_desk("list", "--stage", "activist", "--format", "json"))["dossiers"]
    listed = as_json(at_desk("candidates", "contact-assignment", row["id"], "--format", "json"))

    assert [("m1", "柏**"), ("m2", "梅**")] == [(one["id"], one["name"]) for one in listed]
    assert "m1" in at_desk("candidates", "确定培养联系人", row["id"])[1]
    assert 1 == at_desk("record", "contact-assignment", row["id"], "--set", "people=m9")[0]
    assert 0 == at_desk("record", "contact-assignment", row["id"], "--set", "people=m1", "--set", "people=m2")[0]
    assert row["id"][:8] in at_desk("list", "--as", "contact", "--actor", "m2")[1]


def test_someone_moves_to_another_branch(at_desk: Run, applicant: str) -> None:
    """The branch that takes over finds the dossier among those on their way to it."""
    there = ("--organisation", "b2")
    assert 0 == at_desk("hand-over", applicant, "--to", "b2", "--as-of", "2025-02-10")[0]
    assert applicant[:8] in at_desk("list", "--receiving", *there)[1]
    assert 0 == at_desk("take-over", applicant[:8], *there)[0]
    assert applicant[:8] in at_desk("list", *there)[1]
    assert applicant[:8] not in at_desk("list")[1]


def test_who_moves_away_is_out_of_the_committees_reach(at_desk: Run, applicant: str) -> None:
    """The dossier lies in the new branch, under its committee, by their names."""
    assert 0 == at_desk("show", applicant, *AS_COMMITTEE)[0]
    at_desk("hand-over", applicant, "--to", "b3")
    at_desk("take-over", applicant, "--organisation", "b3")

    moved = as_json(at_desk("show", applicant, "--as", "committee", "--organisation", "c2", "--format", "json"))

    assert ("外语系学生党支部", "中共示例学院外语系委员会") == (moved["branch"]["name"], moved["superior"]["name"])
    assert 1 == at_desk("show", applicant, *AS_COMMITTEE)[0]


def test_options_say_what_may_be_done_and_why_not(at_desk: Run, applicant: str) -> None:
    """As text the refused ones only on request; as JSON with the names of what does not hold."""
    brief, whole = at_desk("options", applicant)[1], at_desk("options", applicant, "--all")[1]
    listed = as_json(at_desk("options", applicant, "--all", "--format", "json"))
    by_name = {(one["verb"], one["kind"]): one for one in listed}

    assert "record|edit|delete talk" in brief
    assert "record, edit, delete: talk with the applicant" in brief
    assert "others may not be done now: --all says why" in brief
    assert "record|edit|delete oath" not in brief
    assert "record|edit|delete oath" in whole
    assert by_name["record", "talk"]["allowed"]
    assert ["stage"] == by_name["record", "oath"]["unmet"]
    assert "make-code" not in {one["verb"] for one in listed}


def test_a_command_with_an_id_is_done_once(at_desk: Run, applicant: str) -> None:
    """The second time it gives what it gave."""
    talk = ("record", "talk", applicant, "--as-of", "2025-02-10", "--command-id", "one", "--format", "json")

    assert as_json(at_desk(*talk)) == as_json(at_desk(*talk))
    assert 1 == len(as_json(at_desk("show", applicant, "--format", "json"))["records"]["talk"])


def test_who_saw_an_old_version_changes_nothing(at_desk: Run, applicant: str) -> None:
    """Said in the language of the one who asked."""
    at_desk("record", "talk", applicant)

    code, out, err = at_desk("record", "talk", applicant, "--seen", "1")

    assert (1, "", "devrules: someone else has just changed the dossier: look at it again\n") == (code, out, err)


def test_attachments_and_forms_come_out_as_files(at_desk: Run, applicant: str) -> None:
    """The attachment under its own name, unless it is there already; the form as the suffix says."""
    Path("谈话.txt").write_bytes(b"\x00talk")
    at_desk("record", "talk", applicant, "--file", "谈话.txt")

    assert 2 == at_desk("attachment", "谈话.txt", applicant)[0]
    assert 0 == at_desk("attachment", "谈话.txt", applicant, "--out", "copy.txt")[0]
    assert b"\x00talk" == Path("copy.txt").read_bytes()
    assert 0 == at_desk("form", applicant, "--out", "form.html")[0]
    assert "张三丰" in Path("form.html").read_text(encoding="utf-8")
    assert "form.docx" == as_json(at_desk("form", applicant, "--out", "form.docx", "--format", "json"))["file"]
    assert Path("form.docx").read_bytes().startswith(b"PK")


def test_a_store_is_closed_behind_everybody(at_desk: Run, applicant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when something was refused."""
    closed: list[bool] = []
    close = Desk.close

    def noted(desk: Desk) -> None:
        closed.append(True)
        close(desk)

    monkeypatch.setattr(Desk, "close", noted)

    at_desk("list")
    at_desk("file", "activist-filing", applicant)

    assert [True, True] == closed


def test_it_runs_as_a_program(applicant: str) -> None:
    """The desk is there for a process of its own, with nothing but its store."""
    done = subprocess.run(
        [sys.executable, "-m", "devrules", "desk", "list", "--lang", "en"],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert (0, "") == (done.returncode, done.stderr)
    assert applicant[:8] in done.stdout


def test_a_decision_that_ends_the_process_says_so(at_desk: Run, applicant: str) -> None:
    """In what it prints."""
    code, out, _ = at_desk("terminate", applicant, "--reason", "本人申请", "--lang", "zh")

    assert 0 == code
    assert "发展流程已经终止" == out.splitlines()[-1]


def test_what_a_program_reads_is_json(at_desk: Run, applicant: str) -> None:
    """Of every command that prints more than an id."""
    at_desk("adopt", _adopted(Path("a.json")))
    at_desk("record", "talk", applicant, "--set", "content=误录")
    assert "dossier" in as_json(at_desk("open", "--set", "name=李四", "--format", "json"))
    assert [] == as_json(at_desk("verify", "--format", "json"))
    redacted = as_json(at_desk("redact", applicant, "2", "--reason", "误录", *AS_COMMITTEE, "--format", "json"))
    assert {"dossier": applicant, "redacted": [2]} == redacted
    assert "已发送 0 条\n" == at_desk("deliver", "--lang", "zh")[1]


def test_without_a_directory_nobody_is_listed(at_desk: Run, applicant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And whoever is named is taken to be a member."""
    monkeypatch.delenv("DEVRULES_MEMBERS")

    assert "no list (--members), or no full member in it\n" == at_desk("candidates", "contact-assignment", applicant)[1]
