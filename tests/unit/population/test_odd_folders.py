"""Folders whose names mean something to a database, damaged files, people in wrong columns."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

import devrules
from devrules.errors import InvalidInput

LEDGER = Path(__file__).parents[3] / "docs" / "examples" / "ledger.xlsx"


@pytest.fixture(scope="module")
def rules() -> devrules.Rules:
    """The national rules."""
    return devrules.load(engine="reference")


@pytest.fixture(scope="module")
def population(rules: devrules.Rules, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The people of the sample ledger, as columns."""
    folder = tmp_path_factory.mktemp("populations") / "pop1"
    rules.write_population(LEDGER, out=folder)
    return folder


@pytest.mark.parametrize("name", ["pop[1]", "pop?", "*", "subject=organisation", "status=draft", "it's 人员"])
def test_a_folder_is_taken_by_its_name(rules: devrules.Rules, population: Path, tmp_path: Path, name: str) -> None:
    """Neither as a pattern, which other folders fit, nor as a column."""
    shutil.copytree(population, tmp_path / "pop1")
    one = next(iter(rules.read_population(population)))
    rules.write_population([one], out=tmp_path / name)
    assert [one] == list(rules.read_population(tmp_path / name))


def test_damage_is_told_where_one_dossier_is_read(rules: devrules.Rules, population: Path, tmp_path: Path) -> None:
    """Not as a defect of the library."""
    folder = tmp_path / "damaged"
    shutil.copytree(population, folder)
    file = folder / "record.parquet"
    _damage(file, "day_low")
    someone = next(iter(rules.read_population(population))).id
    with pytest.raises(InvalidInput, match="cannot be read to its end"):
        rules.read_from_population(folder, someone)


def test_a_person_in_a_wrong_column_is_masked(rules: devrules.Rules, population: Path, tmp_path: Path) -> None:
    """What stands where a known word should is shown like any other value of somebody's ledger."""
    folder = tmp_path / "confused"
    shutil.copytree(population, folder)
    with duckdb.connect() as connection:
        somebody = "'张三 11010119900307109X 13800138000'"
        confused = f"SELECT * REPLACE ({somebody} AS status) FROM '{population}/record.parquet'"  # noqa: S608
        connection.execute(f"COPY ({confused}) TO '{folder}/record.parquet' (FORMAT parquet)")
    with pytest.raises(InvalidInput, match="no such status") as caught:
        list(rules.read_population(folder))
    assert "11010119900307109X" not in str(caught.value)
    assert "13800138000" not in str(caught.value)


def _damage(file: Path, column: str) -> None:
    with duckdb.connect() as connection:
        ((start, size),) = connection.execute(
            "SELECT min(coalesce(dictionary_page_offset, data_page_offset)), sum(total_compressed_size) "
            "FROM parquet_metadata(?) WHERE path_in_schema = ?",
            [str(file), column],
        ).fetchall()
    content = bytearray(file.read_bytes())
    for at in range(int(start), int(start + size)):
        content[at] ^= 0x5A
    file.write_bytes(content)
