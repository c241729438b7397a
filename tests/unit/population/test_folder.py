"""A folder that is whole, or not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from devrules.errors import UsageError
from devrules.population.folder import whole_folder


def names(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*"))


def text(file: Path) -> bool:
    return file.suffix == ".txt"


def test_it_appears_when_it_is_whole(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "new" / "out") as made:
        (made / "a.txt").touch()
        assert not (tmp_path / "new" / "out").exists()

    assert ["new", "new/out", "new/out/a.txt"] == names(tmp_path)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError])
def test_nothing_is_left_of_one_that_is_not(error: type[BaseException], tmp_path: Path) -> None:
    """What was to be replaced stays."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.txt").touch()

    with pytest.raises(error), whole_folder(tmp_path / "out", replaces=text) as made:  # noqa: PT012  # both belong in
        (made / "a.txt").touch()
        raise error
    assert ["out", "out/old.txt"] == names(tmp_path)


def test_what_may_be_replaced_is(tmp_path: Path) -> None:
    """As a whole."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "old.txt").touch()

    with whole_folder(tmp_path / "out", replaces=text) as made:
        (made / "a.txt").touch()
    assert ["out", "out/a.txt"] == names(tmp_path)


@pytest.mark.parametrize("other", ["b.csv", "c.txt/"])
def test_other_files_and_folders_are_never_replaced(other: str, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").touch()
    (tmp_path / "out" / other).mkdir() if other.endswith("/") else (tmp_path / "out" / other).touch()

    with pytest.raises(UsageError, match="other files"), whole_folder(tmp_path / "out", replaces=text):
        pass
    assert ["out", "out/a.txt", f"out/{other.strip('/')}"] == names(tmp_path)


def test_what_comes_in_between_is_not_replaced(tmp_path: Path) -> None:
    """Somebody else was faster."""
    with pytest.raises(UsageError, match="is not empty"), whole_folder(tmp_path / "out") as made:  # noqa: PT012  # as above
        (made / "a.txt").touch()
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "b.txt").touch()
    assert ["out", "out/b.txt"] == names(tmp_path)
