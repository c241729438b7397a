"""What a command writes never goes over what it reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from devrules.errors import UsageError
from devrules.report.targets import keep_apart

Run = Callable[..., tuple[int, str, str]]
EDITIONS = ("--from", "xize-2014", "--to", "xize-2026")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger of one person."""
    file = tmp_path / "台账.csv"
    file.write_text("姓名,收到申请书日期,谈话日期\n李四,2025-01-31,2025-03-05\n", encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "words", [("audit",), ("check",), ("impact", *EDITIONS), ("population", "export")], ids=lambda words: words[-1]
)
def test_a_source_is_not_written_over(run: Run, ledger: Path, words: tuple[str, ...]) -> None:
    """By any command that reads one file and writes another; nothing is left beside it."""
    before = ledger.read_bytes()
    command = words if words[0] != "impact" else words[:1]
    code, out, err = run(*command, ledger, *words[len(command) :], "--out", ledger)

    assert (2, "") == (code, out)
    assert f"--out {ledger}: is read, and would be written over; name another file" in err
    assert before == ledger.read_bytes()
    assert [ledger] == list(ledger.parent.iterdir())


@pytest.mark.parametrize("option", ["--mapping", "--waivers", "--baseline"])
@pytest.mark.parametrize("target", ["--out", "--annotate"])
def test_nor_is_anything_else_that_is_read(run: Run, ledger: Path, tmp_path: Path, option: str, target: str) -> None:
    """It is not even looked into."""
    other = tmp_path / "other"
    other.write_text("kept", encoding="utf-8")
    code, _, err = run("audit", ledger, option, other, target, other)

    assert 2 == code
    assert f"{target} {other}: is read, and would be written over" in err
    assert "kept" == other.read_text(encoding="utf-8")


def test_the_mapping_of_an_impact_is_kept_too(run: Run, ledger: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text("", encoding="utf-8")

    assert 2 == run("impact", ledger, *EDITIONS, "--mapping", mapping, "--out", mapping)[0]


@pytest.mark.parametrize("words", [("audit",), ("impact", *EDITIONS), ("population", "export")])
def test_nothing_is_written_into_a_folder_that_is_read(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """However deep, and by whatever name."""
    folder = tmp_path / "population"
    (folder / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to(folder)
    target = tmp_path / "link" / "deep" / "out.json"
    code, _, err = run(*words, folder, "--out", target)

    assert 2 == code
    assert f"--out {target}: lies in {folder}, which is read; name a file outside of it" in err


@pytest.mark.parametrize("there", [True, False])
def test_two_things_are_not_written_into_one_file(run: Run, ledger: Path, tmp_path: Path, there: bool) -> None:
    """Whether it is there already or not."""
    file = tmp_path / "out.xlsx"
    if there:
        file.write_bytes(b"old")
    code, _, err = run("audit", ledger, "--out", file, "--annotate", tmp_path / "x" / ".." / "out.xlsx")

    assert 2 == code
    assert "out.xlsx: is the file of --out, too; name another file" in err
    assert there == file.exists()


def test_a_link_to_a_source_is_that_source(tmp_path: Path) -> None:
    """A soft one and a hard one; all that is refused is told at once."""
    source, soft, hard = (tmp_path / name for name in ("source", "soft", "hard"))
    source.write_bytes(b"")
    soft.symlink_to(source)
    hard.hardlink_to(source)

    with pytest.raises(UsageError) as told:
        keep_apart({"--out": soft, "--annotate": hard}, [None, source])
    assert ["--out", "--annotate", "--annotate"] == [line.split()[0] for line in str(told.value).splitlines()]


def test_what_is_apart_is_let_through(tmp_path: Path) -> None:
    """Also a link that runs in circles, a device twice, and a folder whose name merely begins alike."""
    folder, circle, device = tmp_path / "a", tmp_path / "circle", Path("/dev/null")
    folder.mkdir()
    circle.symlink_to(circle)

    keep_apart({"--out": tmp_path / "a.json", "--annotate": tmp_path / "ab" / "x"}, [folder, circle, None])
    keep_apart({"--out": device, "--annotate": device}, [device])
