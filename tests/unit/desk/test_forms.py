"""入党积极分子培养考察登记表: what is printed, and how."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

import devrules
from devrules.days import Day
from devrules.desk.forms import Fact, Form, Opinion, Row, cultivation_form, fill, read_form, templates, to_docx, to_html
from devrules.desk.forms.values import day_text, tidy, value_text
from devrules.desk.forms.written import load_form
from devrules.dossier.model import Dossier, Member
from devrules.dossier.shapes import Attachment
from devrules.errors import InvalidRuleset, MissingExtra

AS_OF = date(2026, 11, 21)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def form(rules: devrules.Rules) -> Callable[..., Form]:
    """Makes the form of an invented person: ``form(talk=[{"day": "2023-05"}], person={"name": "张三"})``."""

    def make(as_of: date = AS_OF, **parts: Any) -> Form:
        records = {name: parts.pop(name) for name in [*parts] if name.replace("_", "-") in rules.program.kinds}
        plain = {
            "format": Dossier.FORMAT,
            "id": "1",
            "recorded_kinds": "all",
            "records": {name.replace("_", "-"): found for name, found in records.items()},
            **parts,
        }
        return cultivation_form(rules.read_dossier(plain), rules.program.kinds, as_of)

    return make


def facts(form: Form) -> dict[str, str]:
    return {fact.label: fact.value for row in form.facts for fact in row}


def opinion(form: Form, title: str) -> Opinion:
    [found] = [one for one in form.opinions if one.title == title]
    return found


def cells(document: bytes) -> list[list[list[str]]]:
    """The texts of a document: tables, rows, cells."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(BytesIO(document)).tables]


def test_the_facts_come_from_the_dossier(form: Callable[..., Form]) -> None:
    """Nothing is masked; members stand by their names."""
    found = facts(
        form(
            person={"name": "张三", "sex": "女", "birth": "2003-07-15", "id_number": "110101200307150029"},
            members=[{"id": "m1", "name": "李四"}, {"id": "m2", "name": "王五"}],
            application=[{"day": "2023-02-14", "received": "2023-02-17"}, {"received": "2023-03-01"}],
            contact_assignment=[{"day": "2023-08", "people": ["m1"]}, {"day": "2023-09", "people": ["m1", "m2"]}],
        )
    )

    assert {
        "姓名": "张三",
        "性别": "女",
        "出生年月": "2003年7月",
        "公民身份号码": "110101200307150029",
        "申请入党时间": "2023年2月17日",
        "培养联系人": "李四、王五",
        "民族": "",
    }.items() <= found.items()


def test_the_head_names_branch_and_committee(form: Callable[..., Form]) -> None:
    """Or leaves room for them."""
    made = form(branch={"name": "第一党支部", "kind": "branch"})

    assert ("党支部：第一党支部", "上级党委：") == made.head


def test_a_vote_that_failed_makes_no_activist(form: Callable[..., Form]) -> None:
    """The day is that of the meeting that passed; where no meeting is recorded, the one that a ledger states."""
    failed = {"day": "2023-08-01", "outcome": "not-passed"}
    passed = {"day": "2023-09-01", "outcome": "passed"}

    days = [
        facts(form(activist_decision=[passed, failed], recorded_activist_day=[{"day": "2023-10"}])),
        facts(form(activist_decision=[failed], recorded_activist_day=[{"day": "2023-10"}])),
        facts(form(activist_decision=[failed])),
    ]
    assert ["2023年9月1日", "2023年10月", ""] == [one["确定积极分子时间"] for one in days]


def test_records_stand_in_order_of_their_days(form: Callable[..., Form]) -> None:
    """Imprecise days as they are; those without one last."""
    made = form(
        talk=[{"content": "日期不详"}, {"day": "2023-05", "talker": "李四"}],
        thought_report=[{"received": "2024-02-01"}, {"day": "2023-04-30"}],
        cultivation_opinion=[{"day": "2023", "by": "王五"}],
        activist_review=[{"day": "2023-05-03/2023-06-10", "by": "branch-committee", "outcome": "合格"}],
    )

    assert (
        Row("2023年", "教育培养意见", "", "王五"),
        Row("2023年4月30日", "思想汇报", "", ""),
        Row("2023年5月", "谈话", "", "李四"),
        Row("2023年5月3日至2023年6月10日", "支部考察", "合格", "支部委员会"),
        Row("2024年2月1日", "思想汇报", "", ""),
        Row("", "谈话", "日期不详", ""),
    ) == made.rows


def test_a_record_says_all_that_it_says(form: Callable[..., Form]) -> None:
    """Title, method, outcome, content, remark, attachments: a line each."""
    made = form(
        recommendation=[
            {
                "day": "2023-07-28",
                "title": "推优大会",
                "method": "群团推优",
                "outcome": "passed",
                "content": "同意\n推荐",
                "remark": "备注",
                "attachments": [{"name": "推优表.pdf"}, {"name": "名单.xlsx"}],
            }
        ]
    )

    [row] = made.rows
    assert "推优大会\n群团推优\n通过\n同意\n推荐\n备注\n附件：推优表.pdf、名单.xlsx" == row.text
    assert "群团推优" == facts(made)["推荐方式"]


@pytest.mark.parametrize("status", ["draft", "returned", "withdrawn"])
def test_what_does_not_count_is_not_printed(form: Callable[..., Form], status: str) -> None:
    """Only effective records are."""
    made = form(talk=[{"day": "2023-05-01", "status": status}], contact_opinion=[{"content": "同意", "status": status}])

    assert {Row("", "", "", "")} == set(made.rows)
    assert () == opinion(made, "培养联系人意见").lines


def test_what_came_later_is_not_printed(form: Callable[..., Form]) -> None:
    """A record that may lie before the day of the form is."""
    talks = [{"day": "2023-05-01"}, {"day": "2023-05"}, {"day": "2023-05-21"}]

    made = form(date(2023, 5, 20), talk=talks)

    assert ["2023年5月1日", "2023年5月"] == [row.day for row in made.rows]
    assert "2023年5月20日" in made.foot


def test_opinions_say_when_who_and_what(form: Callable[..., Form]) -> None:
    """A refusal is printed, too: it is what the committee decided."""
    made = form(
        members=[{"id": "m1", "name": "李四"}],
        contact_opinion=[{"day": "2025-08-24", "by": "m1", "content": "同意列为发展对象"}, {"content": "同意"}],
        prospect_consent=[{"day": "2025-09-07", "by": "basic-committee", "outcome": "refused"}],
    )

    assert ("2025年8月24日　李四\n同意列为发展对象", "同意") == opinion(made, "培养联系人意见").lines
    assert ("2025年9月7日　基层党委\n不批准",) == opinion(made, "上级党委备案意见").lines


def test_an_empty_dossier_gives_a_form_to_write_on(form: Callable[..., Form]) -> None:
    """Labels, rows without text, room for every opinion, lines for every signature."""
    made = form()

    assert {""} == set(facts(made).values())
    assert {Row("", "", "", "")} == set(made.rows)
    assert len(made.rows) > 1
    assert all(not one.lines and one.signs for one in made.opinions)


def test_every_fact_but_a_wide_one_has_a_neighbour(form: Callable[..., Form]) -> None:
    """Two by two, in the order in which they are written."""
    made = form()

    assert [*load_form("cultivation").facts][-1].wide
    assert [2] * 6 + [1] == [len(row) for row in made.facts]


def test_the_page_has_every_text(form: Callable[..., Form]) -> None:
    """And it is well-formed where XML asks for it: the body."""
    made = form(person={"name": "张三"}, talk=[{"day": "2023-05", "content": "思想稳定"}])

    page = to_html(made)
    body = ET.fromstring(page[page.index("<body>") : page.index("</html>")])  # noqa: S314  # we wrote it ourselves
    shown = [text.strip() for text in body.itertext() if text.strip()]

    assert {made.title, "张三", "2023年5月", "谈话", "思想稳定", "党委（盖章）：", made.foot, *made.columns} <= set(
        shown
    )
    assert len(made.rows) + 1 == len(body.findall("table[@class='series']//tr"))


def test_the_page_loads_nothing(form: Callable[..., Form]) -> None:
    """No address, no script; the browser is told so, too."""
    page = to_html(form())

    assert not [word for word in ("http:", "https:", "src=", "url(", "<script", "@import", "<link") if word in page]
    assert "default-src 'none'" in page
    assert "size: A4" in page


NASTY = "<script>alert(1)</script> &amp; \"'{{ 7*7 }}{% raw %}{# #}"


def test_what_people_write_is_text_and_never_markup(form: Callable[..., Form]) -> None:
    """In the page and in the document."""
    made = form(person={"name": NASTY}, talk=[{"content": NASTY}], contact_opinion=[{"content": NASTY}])

    page, [first, second, third] = to_html(made), cells(to_docx(made))

    assert "<script" not in page
    assert 3 == page.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;")
    assert NASTY == first[0][1] == second[1][2]
    assert NASTY in third[0][1]


def test_the_document_has_every_text(form: Callable[..., Form]) -> None:
    """Three tables: facts, records, opinions; lines stay lines."""
    made = form(
        person={"name": "张三"},
        talk=[{"day": "2023-05", "content": "第一行\n第二行"}],
        group_opinion=[{"content": "同意"}],
    )

    first, second, third = cells(to_docx(made))

    assert ["姓名", "张三", "性别", ""] == first[0]
    assert ["培养联系人", "", "", ""] == first[-1]
    assert [[*made.columns], ["2023年5月", "谈话", "第一行\n第二行", ""]] == second
    assert [one.title for one in made.opinions] == [row[0] for row in third]
    assert third[2][1].startswith("同意\n")
    assert 2 == third[0][1].count("培养联系人（签名）：")


def test_nothing_of_the_template_is_left(form: Callable[..., Form]) -> None:
    """In any part of the document; its footer names the person and counts the pages."""
    with zipfile.ZipFile(BytesIO(to_docx(form(person={"name": "张三"})))) as parts:
        texts = {
            name: parts.read(name).decode()
            for name in parts.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        }

    assert not [name for name, text in texts.items() if "{{" in text or "{%" in text]
    footer = "".join(text for name, text in texts.items() if "footer" in name)
    assert ["张三", "NUMPAGES"] == [word for word in ("张三", "NUMPAGES") if word in footer]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_printed(text: str) -> None:
    """XML knows no control characters and no halves of characters: they are left out."""
    said = tidy(text)
    made = Form(
        title="表",
        name=said,
        head=(said,),
        facts=((Fact("姓名", said), Fact("性别", "")),),
        series_title="记录",
        columns=("时间", "项目", "内容", "办理人"),
        rows=(Row("", "", said, ""),),
        opinions=(Opinion("意见", (said,), ("签名",)),),
        foot="",
    )

    ET.fromstring(f"<x>{to_html(made).partition('<body>')[2].partition('</body>')[0]}</x>")  # noqa: S314  # our own
    assert 3 == len(cells(to_docx(made)))
    assert said == tidy(said)


def test_the_template_is_what_its_script_makes(tmp_path: Path) -> None:
    """Part by part; `python docs/make_form.py` makes it anew."""
    made = tmp_path / "form.docx"
    subprocess.run([sys.executable, str(ROOT / "docs" / "make_form.py"), str(made)], check=True, capture_output=True)
    kept = Path(templates.__file__).with_name("form.docx")

    def parts(path: Path) -> dict[str, bytes]:
        with zipfile.ZipFile(path) as opened:
            return {name: opened.read(name) for name in opened.namelist()}

    assert parts(made) == parts(kept)


def test_titles_of_columns_stand_on_every_page(form: Callable[..., Form]) -> None:
    """And an opinion is not torn from its signature, if it fits on a page."""
    tables = [table._tbl for table in Document(BytesIO(to_docx(form()))).tables]

    assert [0, 1, 0] == [len(table.findall(f".//{W}tblHeader")) for table in tables]
    assert [0, 0, 6] == [len(table.findall(f".//{W}cantSplit")) for table in tables]


@pytest.mark.parametrize(
    ("day", "text", "month"),
    [
        ("2023-05-03", "2023年5月3日", "2023年5月"),
        ("2023-05", "2023年5月", "2023年5月"),
        ("2023", "2023年", "2023年"),
        ("2023-05-03/2023-06-10", "2023年5月3日至2023年6月10日", "2023年5月至2023年6月"),
        ("2023-05-03/2023-05-10", "2023年5月3日至2023年5月10日", "2023年5月"),
    ],
)
def test_a_day_is_written_as_precisely_as_it_is_known(day: str, text: str, month: str) -> None:
    """Never more so."""
    assert (text, month) == (day_text(Day.parse(day)), day_text(Day.parse(day), month=True))


def test_values_are_written_in_words() -> None:
    """Ids of members as names, words of the ruleset in Chinese, everything else as it is."""
    dossier = Dossier("1", members=(Member("m1", "李四"), Member("m2")))
    file = Attachment("名单.pdf", "abc")

    values = [value_text(one, dossier) for one in (None, True, 7, "m1", "m2", "passed", "合格", ("m1", file))]

    assert ["", "是", "7", "李四", "m2", "通过", "合格", "李四、名单.pdf"] == values
    assert "否" == value_text(False, dossier)


OTHER = """
id = "short"
title = "登记表"
foot = ""
head = []
facts = [
  { label = "谈话人", read = "tlak.talker" },
  { label = "姓名", read = "person.nmae" },
  { label = "日期", read = "talk.dya" },
]
series = { title = "", columns = [], kinds = ["thought-reports"], who = [], blank_rows = 0 }
opinions = []
"""


def test_a_form_that_names_what_is_not_there_is_refused(rules: devrules.Rules) -> None:
    """All of it at once."""
    with pytest.raises(InvalidRuleset) as raised:
        fill(read_form(OTHER, "short.toml"), Dossier("1"), rules.program.kinds, AS_OF)

    assert [
        "there is no kind 'tlak'",
        "there is no kind 'thought-reports'",
        "'person' has no field 'nmae'",
        "'talk' has no field 'dya'",
    ] == [problem.what for problem in raised.value.problems]
    assert "did you mean 'thought-report'?" == raised.value.problems[1].remedy


def test_a_form_of_ones_own_is_filled_in(rules: devrules.Rules) -> None:
    """Forms are data: another one needs no code."""
    text = OTHER.replace("tlak", "talk").replace("nmae", "name").replace("dya", "day").replace("reports", "report")
    dossier = rules.read_dossier(
        {"format": Dossier.FORMAT, "id": "1", "recorded_kinds": "all", "records": {"talk": [{"talker": "李四"}]}}
    )

    made = fill(read_form(text, "short.toml"), dossier, rules.program.kinds, AS_OF)

    assert ((Fact("谈话人", "李四"), Fact("姓名", "")), (Fact("日期", ""),)) == made.facts


@pytest.mark.parametrize(
    ("text", "what"),
    [("id = ", r"bad.toml: is not TOML"), ("id = 1\ntitel = ''", r"(?s)expected text, found 1.*titel")],
)
def test_a_form_that_cannot_be_read_is_refused(text: str, what: str) -> None:
    """With its place."""
    with pytest.raises(InvalidRuleset, match=what):
        read_form(text, "bad.toml")


@pytest.mark.parametrize("write", [to_html, to_docx])
@pytest.mark.parametrize("gone", ["docxtpl", "jinja2"])
def test_without_the_packages_the_extra_is_named(
    write: Callable[[Form], object], gone: str, form: Callable[..., Form], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form itself is plain data and needs none of them."""
    made = form()
    monkeypatch.setattr(templates, "find_spec", lambda name: None if name == gone else importlib.util.find_spec(name))

    with pytest.raises(MissingExtra, match=r"devrules\[forms\]"):
        write(made)
