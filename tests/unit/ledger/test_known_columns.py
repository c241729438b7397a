"""Every column that a ledger may have without configuration is understood, by each of its names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from devrules.days import Day
from devrules.dossier.kinds import Kinds
from devrules.dossier.model import Dossier
from devrules.ledger.read import Ledger

DAY = "2021-05-06"

DAYS = {
    "person.birth": ["出生日期", "出生年月", "出生年月日"],
    "application.day": [
        "申请入党日期",
        "递交入党申请书时间",
        "提交入党申请时间",
        "申请入党时间",
        "提交书面申请书时间",
    ],
    "application.received": ["收到申请书日期"],
    "talk.day": ["谈话日期", "首次谈话日期"],
    "recommendation.day": ["推荐推优日期", "推优时间"],
    "activist-decision.day": ["确定积极分子会议日期", "积极分子会议日期"],
    "recorded-activist-day.day": [
        "确定入党积极分子日期",
        "列为积极分子时间",
        "确定为积极分子时间",
        "确定为入党积极分子时间",
        "确定入党积极分子时间",
    ],
    "activist-filing.day": ["积极分子备案日期"],
    "contact-assignment.day": ["培养联系人确定日期"],
    "activist-review.day": ["考察日期", "考察记录日期"],
    "thought-report.day": ["思想汇报日期"],
    "cultivation-opinion.day": ["教育培养意见日期"],
    "group-opinion.day": ["党小组意见日期"],
    "contact-opinion.day": ["培养联系人意见日期"],
    "masses-opinion.day": ["党员群众意见日期"],
    "prospect-discussion.day": ["拟列发展对象支委会日期"],
    "prospect-consent.day": ["上级同意日期", "发展对象备案日期"],
    "public-notice.start": ["公示开始日期"],
    "public-notice.end": ["公示结束日期"],
    "prospect-decision.day": [
        "确定发展对象日期",
        "列为发展对象时间",
        "确定为发展对象时间",
        "确定发展对象时间",
        "确定重点对象时间",
    ],
    "political-review.day": ["政审日期"],
    "political-review.expected_leave": ["预计离开日期"],
    "training.start": ["培训开始日期", "发展对象培训起始时间"],
    "training.end": ["培训结束日期", "发展对象培训结束时间"],
    "committee-review.day": ["支委会审查日期"],
    "pre-examination.day": ["预审日期", "预审合格日期"],
    "admission-form.day": ["领取志愿书时间"],
    "recorded-admission-day.day": [
        "入党日期",
        "入党时间",
        "加入党组织日期",
        "列为预备党员时间",
        "接收为预备党员时间",
    ],
    "general-meeting.day": ["支部大会日期", "接收预备党员大会日期", "支部大会通过日期", "支部党员大会时间"],
    "approval-submission.day": ["上报审批日期"],
    "approval-talk.day": ["党委谈话日期", "入党谈话时间"],
    "approval.day": ["党委审批日期"],
    "approval.start": ["预备期起"],
    "approval.end": ["预备期止"],
    "oath.day": ["入党宣誓日期"],
    "conversion-application.day": ["转正申请日期"],
    "conversion-review.day": ["转正支委会日期"],
    "conversion-meeting.day": ["转正大会日期"],
    "extension.end": ["延长预备期至"],
    "postponement.end": ["推迟讨论至"],
    "conversion-approval.day": ["转正审批日期"],
    "recorded-full-member-day.day": ["转正日期", "转正时间", "转为正式党员日期", "预备党员转正时间"],
    "archive.day": ["归档日期"],
}
COUNTS = {
    "training.days": ["培训天数"],
    "training.hours": ["培训学时"],
    "general-meeting.should_vote": ["应到人数"],
    "general-meeting.present_vote": ["实到人数"],
    "general-meeting.votes_for": ["赞成票"],
    "general-meeting.votes_against": ["反对票"],
    "general-meeting.abstentions": ["弃权票"],
    "general-meeting.written_for": ["书面赞成票"],
    "conversion-meeting.should_vote": ["转正应到人数"],
    "conversion-meeting.present_vote": ["转正实到人数"],
    "conversion-meeting.votes_for": ["转正赞成票"],
}
TEXTS = {
    "person.nation": ["民族"],
    "person.education": ["学历", "文化程度"],
    "person.political_status": ["政治面貌"],
    "person.recorded_stage": ["当前阶段", "发展阶段", "人员类别", "当前发展阶段"],
    "branch.name": ["所在党支部", "支部", "联系党支部"],
    "superior.name": ["上级党委", "隶属党组织", "所属党委", "联系分党委", "所在分党委"],
    "application.remark": ["接受申请党组织"],
    "talk.talker": ["谈话人"],
    "recommendation.method": ["推荐或推优方式"],
    "admission-form.number": ["志愿书编号"],
    "approval-submission.dues": ["每月应缴党费"],
    "approval.reason": ["延长审批原因"],
}
OTHERS: dict[str, tuple[list[str], str, Any]] = {
    "person.sex": (["性别"], "女", "女"),
    "person.id_number": (
        ["公民身份号码", "身份证号", "公民身份证号码"],
        "999999200001010003",
        "999999200001010003",
    ),
    "person.phone": (["手机号码"], "+86 139 0000 0000", "13900000000"),
    "person.floating": (["流动人员", "是否流动党员"], "否", False),
    "branch.has_committee": (["设支委会"], "是", True),
    "contact-assignment.people": (["培养联系人", "培训联系人"], "李四、王五", ("m1", "m2")),
    "sponsor-assignment.people": (["入党介绍人"], "李四 王五", ("m1", "m2")),
    "public-notice.outcome": (["公示结果"], "无异议", "clear"),
    "political-review.outcome": (["政审结论"], "合格", "qualified"),
    "pre-examination.outcome": (["预审结果"], "合格", "passed"),
    "approval.outcome": (["党委审批意见"], "同意", "approved"),
    "approval-talk.talker_role": (["党委谈话人身份", "党委谈话人职务"], "专职组织员", "organiser"),
    "admission-form.title": (["入党志愿书"], "完成", "入党志愿书"),
}

CASES: list[tuple[str, str, str, Any]] = [
    *((title, path, DAY, Day.parse(DAY)) for path, titles in DAYS.items() for title in titles),
    *((title, path, "24", 24) for path, titles in COUNTS.items() for title in titles),
    *((title, path, "某事", "某事") for path, titles in TEXTS.items() for title in titles),
    *((title, path, cell, value) for path, (titles, cell, value) in OTHERS.items() for title in titles),
]


def told(dossier: Dossier, path: str) -> Any:
    """Give the field of a dossier that a path names; of a kind of record there is one."""
    owner, _, field = path.partition(".")
    if owner in ("person", "branch", "superior"):
        return getattr(getattr(dossier, owner), field)
    [record] = dossier.records[owner]
    return getattr(record, field)


def kept(path: str, kinds: Kinds) -> set[str]:
    """Tell what a ledger with a column for *path* keeps: with the kind, those that are kept with it."""
    owner = path.partition(".")[0]
    return {path, *(kind.id for kind in kinds.values() if owner in kind.kept_with)} if owner in kinds else set()


@pytest.mark.parametrize(("title", "path", "cell", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_column_fills_its_field(
    read_one: Callable[..., tuple[Dossier, Ledger]], law_kinds: Kinds, title: str, path: str, cell: str, expected: Any
) -> None:
    """A column under any of its names fills the field of its own, and nothing is left unread."""
    dossier, ledger = read_one({title: cell})

    assert expected == told(dossier, path)
    assert () == ledger.unread
    assert kept(path, law_kinds) == dossier.recorded_kinds


def test_the_name_is_the_person(read: Callable[..., Ledger]) -> None:
    """姓名 tells who it is; a ledger may have the ID number instead."""
    named = read(["姓名", "谈话日期"], ["张三", DAY])
    numbered = read(["身份证号", "谈话日期"], ["999999200001010003", DAY])

    assert ["张三"] == [dossier.person.name for dossier in named.dossiers]
    assert ["999999200001010003"] == [dossier.person.id_number for dossier in numbered.dossiers]


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("申请入党\n日期", "application.day"),
        ("申请入党 日期", "application.day"),
        ("申请入党日期（以落款为准）", "application.day"),
        ("申请入党日期(YYYY-MM-DD)", "application.day"),
        ("申请入党日期【必填】", "application.day"),
        ("*申请入党日期：", "application.day"),
        ("\u200b申请入党日期", "application.day"),
        ("入党志\n愿书（填写“完成”“未完成”）", "admission-form.title"),
        ("谈话时间", "talk.day"),
        ("党委审批时间", "approval.day"),
        ("思想汇报日期1", "thought-report.day"),
        ("培养联系人二", "contact-assignment.people"),
    ],
)
def test_titles_as_they_are_written(columns: Any, title: str, path: str) -> None:
    """Spaces, line breaks, notes, marks and numbers in a title do not matter, nor does 时间 for 日期."""
    assert path == columns.find(title).path


@pytest.mark.parametrize("title", ["爱好", "", "（备注）", "谈话日期2", "入党"])
def test_other_titles_are_not_known(columns: Any, title: str) -> None:
    """What is not in the file is no column; only people and series are numbered."""
    assert None is columns.find(title)
