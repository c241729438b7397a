"""What the tests of the command share: dossiers in files, the command itself, people at a desk."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import devrules
from devrules.cli import main, options

Run = Callable[..., tuple[int, str, str]]

ORGANISATIONS = """
[dept]
name = "中共示例学院委员会组织部"

[c1]
name = "中共示例学院经管系委员会"
under = "dept"

[b1]
name = "经管系学生第一党支部"
under = "c1"

[b2]
name = "经管系学生第二党支部"
under = "c1"

[c2]
name = "中共示例学院外语系委员会"
under = "dept"

[b3]
name = "外语系学生党支部"
under = "c2"
"""

MEMBERS = """
[[b1]]
id = "m1"
name = "柏长青"
full_since = 2008-06-30

[[b1]]
id = "m2"
name = "梅映雪"
full_since = 2011-12-09
"""


@pytest.fixture
def dossier(tmp_path: Path) -> Callable[..., Path]:
    """Writes a dossier of which only the application and the talk are kept."""

    def write(talk: str = "2025-02-10", **parts: Any) -> Path:
        whole = {
            "format": "devrules.dossier/1",
            "id": "1",
            "person": {"name": "张三丰"},
            "recorded_kinds": ["application", "talk"],
            "records": {"application": [{"received": "2025-01-31"}], "talk": [{"day": talk}]},
        }
        file = tmp_path / "dossier.json"
        file.write_text(json.dumps(whole | parts, ensure_ascii=False), encoding="utf-8")
        return file

    return write


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command: the exit code, what it printed, what it complained of."""

    def command(*words: object) -> tuple[int, str, str]:
        try:
            code = main([str(word) for word in words])
        except SystemExit as left:
            code = int(left.code or 0)
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return command


@pytest.fixture(autouse=True)
def load_once(monkeypatch: pytest.MonkeyPatch, loaded: Callable[..., devrules.Rules]) -> None:
    """Spares every command of a test the loading; what starts the command in a process of its own loads anew."""
    monkeypatch.setattr(options, "load", loaded)


@pytest.fixture
def at_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Run:
    """Runs commands of a desk of its own, in English, for a branch administrator unless another role is named."""
    (tmp_path / "organisations.toml").write_text(ORGANISATIONS, encoding="utf-8")
    (tmp_path / "members.toml").write_text(MEMBERS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "DEVRULES_STORE": "sqlite:///desk.db",
        "DEVRULES_ORGANISATIONS": "organisations.toml",
        "DEVRULES_MEMBERS": "members.toml",
        "DEVRULES_ROLE": "branch",
        "DEVRULES_ACTOR": "li",
        "DEVRULES_ORGANISATION": "b1",
        "LC_ALL": "en_US.UTF-8",
    }.items():
        monkeypatch.setenv(name, value)
    return lambda *words: run("desk", *words)


@pytest.fixture(scope="session")
def registered() -> dict[str, bytes]:
    """Someone who registered, by the id of the dossier, with the database after it: made by the first who asks."""
    return {}


@pytest.fixture
def applicant(at_desk: Run, tmp_path: Path, registered: dict[str, bytes]) -> str:
    """Someone who registered by a code, with the account ``zhang``; gives the id of the dossier."""
    store = tmp_path / "desk.db"
    if not registered:
        _, code, _ = at_desk("code", "make")
        _, dossier, _ = at_desk("register", code.strip(), "--account", "zhang", "--set", "name=张三丰")
        registered[dossier.strip()] = store.read_bytes()
    [(dossier, written)] = registered.items()
    store.write_bytes(written)
    return dossier
