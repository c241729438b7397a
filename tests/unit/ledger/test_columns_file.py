"""A file of columns is read strictly, and everything wrong with it is told at once."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from devrules.dossier.kinds import Kinds
from devrules.errors import InvalidInput
from devrules.ledger.columns import Columns, load_columns, read_columns


def written(folder: Path, text: str, name: str = "columns.toml") -> Path:
    """Write a file of columns."""
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def problems(path: Path, kinds: Kinds) -> list[str]:
    """List what is wrong with a file, without its name."""
    with pytest.raises(InvalidInput) as caught:
        read_columns(path, kinds)
    return [str(problem).removeprefix(f"{path} ") for problem in caught.value.problems]


def test_a_file_names_columns(tmp_path: Path, law_kinds: Kinds) -> None:
    """A column has a name, others, and a field."""
    path = written(
        tmp_path,
        """\
        two_digit_years = true
        ignored = ["备 注"]
        [words.held]
        "谈过" = ["是"]
        none = ["否"]
        [columns]
        "谈心时间" = { also = ["谈心"], field = "talk.day" }
        "谈心与否" = { field = "talk.remark", words = "held" }
    """,
    )

    columns = read_columns(path, law_kinds)

    assert "talk.day" == columns.by_name["谈心"].path
    assert {"是": "谈过", "否": None} == columns.by_name["谈心与否"].words
    assert columns.ignores("备注")
    assert columns.two_digit_years


def test_all_problems_at_once(tmp_path: Path, law_kinds: Kinds) -> None:
    """Every wrong column is told, each with its place and what would be right."""
    path = written(
        tmp_path,
        """\
        ignored = ["乙"]
        [words.flags]
        maybe = ["也许"]
        no = ["否", "否"]
        [words.empty]
        [columns]
        "甲" = { field = "talks.day" }
        "乙" = { field = "talk.days" }
        "丙" = { field = "talk.attachments" }
        "丁" = { field = "branch.has_committee" }
        "戊" = { field = "branch.has_committee", words = "flags" }
        "己" = { field = "talk.day", words = "flags" }
        "庚" = { field = "talk.talker", words = "flag" }
        "辛" = { field = "person.birth", several = true }
        "壬" = { also = ["辛", "（）"], field = "person.sex" }
        "癸" = { field = "thought-report.day", several = true }
        "子" = { field = "thought-report.number" }
        "乙 " = { field = "person.name" }
    """,
    )

    assert [
        "words.flags: '否' stands twice",
        "words.empty: holds no words",
        "columns.甲.field: there is no kind of record 'talks' (did you mean 'talk'?)",
        "columns.乙.field: 'talk' has no field 'days' for a column (did you mean 'day'?)",
        "columns.丙.field: 'talk' has no field 'attachments' for a column",
        "columns.丁: a yes or no needs a list of words (name one under words)",
        "columns.戊.words: the list 'flags' says 'maybe', not yes or no",
        "columns.己.words: 'talk.day' is a day and takes no words",
        "columns.庚.words: there is no list of words 'flag' (did you mean 'flags'?)",
        "columns.辛.several: 'person.birth' is no day of a record (only days come in a series)",
        "columns.壬: the title '辛' already belongs to '辛'",
        "ignored: '乙' is also a column",
        "columns.癸: each day makes a record of the kind 'thought-report', so 子 has no record to go to",
    ] == problems(path, law_kinds)


def test_wrong_types_and_unknown_keys(tmp_path: Path, law_kinds: Kinds) -> None:
    """A misspelt key is an error, and a text is no list."""
    path = written(
        tmp_path,
        """\
        ignore = ["备注"]
        totals = "合计"
        [columns]
        "谈心" = { field = "talk.day", alos = ["谈"] }
    """,
    )

    assert [
        "$.columns['谈心']: unknown field(s): alos",
        "$.totals: expected a list of texts, found '合计'",
        "$: unknown field(s): ignore",
    ] == problems(path, law_kinds)


def test_no_toml(tmp_path: Path, law_kinds: Kinds) -> None:
    """A file that is no TOML, and one that is not there, are told by name."""
    with pytest.raises(InvalidInput, match="is not TOML in UTF-8: "):
        read_columns(written(tmp_path, "[columns"), law_kinds)
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_columns(tmp_path / "none.toml", law_kinds)


def test_a_mapping_adds_to_what_is_known(tmp_path: Path, law_kinds: Kinds, columns: Columns) -> None:
    """Where two files know a title, the later one holds; files that are not there are left out."""
    path = written(
        tmp_path, '[columns]\n"谈话日期" = { field = "approval-talk.day" }\n"序号" = { field = "person.phone" }\n'
    )
    base = written(
        tmp_path, '[columns]\n"谈话日期" = { field = "talk.day" }\n"姓名" = { field = "person.name" }\n', "base.toml"
    )

    added = load_columns([base, tmp_path / "none.toml", path], law_kinds)

    assert ["approval-talk.day", "person.name"] == [added.by_name[name].path for name in ("谈话日期", "姓名")]
    assert not columns.plus(added).ignores("序号")


def test_problems_of_all_files(tmp_path: Path, law_kinds: Kinds) -> None:
    """Several files are checked at once."""
    paths = [written(tmp_path, "x = 1", name) for name in ("a.toml", "b.toml")]

    with pytest.raises(InvalidInput) as caught:
        load_columns(paths, law_kinds)

    assert [f"{path} $: unknown field(s): x" for path in paths] == [str(problem) for problem in caught.value.problems]
