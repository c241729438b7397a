"""What the tests of the command share: dossiers in files, and the command itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import devrules
from devrules.cli import main, options

Run = Callable[..., tuple[int, str, str]]


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
