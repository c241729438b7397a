"""The words in which findings speak: verdicts, lamps, notes and what was measured, in Chinese and English."""

from __future__ import annotations

from devrules.law.model import Text

VERDICTS: dict[str, Text] = {
    "pass": Text("合格", "pass"),
    "fail": Text("不合格", "fail"),
    "pending": Text("待办", "pending"),
    "unknown": Text("无法判断", "unknown"),
    "not_applicable": Text("不适用", "not applicable"),
    "waived": Text("已豁免", "waived"),
    "manual": Text("须人工核实", "manual"),
}

LAMPS: dict[str, Text] = {
    "red": Text("红灯", "red"),
    "yellow": Text("黄灯", "yellow"),
    "grey": Text("灰灯", "grey"),
    "green": Text("绿灯", "green"),
    "none": Text("不亮灯", "none"),
}

STRENGTHS: dict[str, Text] = {
    "must": Text("必须", "must"),
    "should": Text("一般应当", "should"),
    "may": Text("可以", "may"),
    "local": Text("地方/系统口径", "local"),
}

NOTES: dict[str, Text] = {
    "transition": Text(
        "新旧版本衔接：期限起于旧版，或新版尚未公开，仅作提醒",
        "transition: it began under the old edition, or the new one was not yet public; a warning only",
    ),
    "borderline": Text(
        "临界：相差一天或换一种算法，结论会改变", "borderline: one day or another reading would change the verdict"
    ),
    "assumed": Text(
        "推定：所需日期没有记录，用了替代日期", "assumed: the day itself is not recorded, another one stands in"
    ),
    "provisional": Text("工作日历尚未公布，暂不能判断", "provisional: the working-day calendar is not published yet"),
    "blank-cell": Text("依据为空白单元格", "rests on a blank cell"),
    "later-record": Text("有晚于核查日的记录，未计入", "records later than the as-of day were left out"),
    "edition-not-encoded": Text(
        "行为早于2014年版施行，旧版未收录", "the act came before the 2014 edition; the earlier one is not encoded"
    ),
}

MEASURED: dict[str, Text] = {
    "from": Text("起", "from"),
    "start": Text("开始", "started"),
    "end": Text("结束", "ended"),
    "to": Text("办理", "done"),
    "due": Text("最迟", "due"),
    "earliest": Text("最早", "earliest"),
    "first": Text("先", "first"),
    "then": Text("后", "then"),
    "day": Text("记载", "recorded"),
    "expected": Text("应为", "should be"),
    "until": Text("止", "until"),
    "spans": Text("满半年的段数", "full spans"),
    "empty_spans": Text("缺考察的段数", "spans without a review"),
    "working_days": Text("工作日", "working days"),
    "earliest_end": Text("最早止于", "ends no earlier than"),
    "latest_end": Text("最迟止于", "ends no later than"),
    "count": Text("次数", "count"),
    "people": Text("人数", "people"),
    "not_full_members": Text("非正式党员人数", "not full members"),
    "under_sanction": Text("受处分未恢复权利人数", "under sanction"),
    "should_vote": Text("应到会有表决权", "should vote"),
    "present_vote": Text("实到会有表决权", "present"),
    "votes_for": Text("赞成票", "in favour"),
    "written_for": Text("书面赞成", "in favour in writing"),
    "attachments": Text("附件数", "attachments"),
    "days": Text("天数", "days"),
    "hours": Text("学时", "hours"),
    "reason_stated": Text("写明延长原因", "reason stated"),
}


def label(name: str) -> Text:
    """Give the words for a measured value; its own name where there are none."""
    if name.endswith("_stated") and name not in MEASURED:
        stated = field(name.removesuffix("_stated"))
        return Text(f"已填写{stated.zh}", f"{stated.en} stated")
    if name.endswith("as_required"):
        return Text("内容符合要求", "content as required")
    return MEASURED.get(name, Text(name, name.replace("_", " ")))


FIELDS: dict[str, Text] = {
    "day": Text("日期", "day"),
    "received": Text("收到日期", "day of receipt"),
    "start": Text("开始日期", "first day"),
    "end": Text("结束日期", "last day"),
    "outcome": Text("结论", "conclusion"),
    "by": Text("决定机关", "deciding organisation"),
    "talker": Text("谈话人", "talker"),
    "method": Text("方式", "method"),
    "reason": Text("原因", "reason"),
    "number": Text("编号", "number"),
}

PATHS: dict[str, Text] = {
    "person.birth": Text("出生日期", "day of birth"),
    "person.nationality": Text("国籍", "nationality"),
    "person.political_status": Text("政治面貌", "political status"),
    "person.floating": Text("流动人员", "floating"),
    "branch.has_committee": Text("设支委会", "branch committee"),
    "branch.has_groups": Text("设党小组", "party groups"),
    "superior.kind": Text("上级党组织类别", "kind of the superior organisation"),
}

UNITS: dict[str, Text] = {
    "days": Text("天", "days"),
    "hours": Text("学时", "hours"),
    "people": Text("名", ""),
    "count": Text("次", ""),
    "attachments": Text("份", ""),
}

OUTCOMES: dict[str, Text] = {
    "clear": Text("无影响", "nothing against it"),
    "objections": Text("有影响", "objections"),
    "qualified": Text("合格", "qualified"),
    "not-qualified": Text("不合格", "not qualified"),
    "passed": Text("通过", "passed"),
    "not-passed": Text("未通过", "not passed"),
    "approved": Text("批准", "approved"),
    "refused": Text("不批准", "refused"),
    "extended": Text("延长预备期", "probation extended"),
}

ORGANISATIONS: dict[str, Text] = {
    "branch": Text("党支部", "branch"),
    "general-branch": Text("党总支", "general branch"),
    "basic-committee": Text("基层党委", "basic committee"),
    "township-committee": Text("乡镇（街道）党委", "township committee"),
    "committee-under-township": Text("乡镇（街道）党委所属基层党委", "committee under a township committee"),
    "work-committee": Text("党工委", "work committee"),
    "party-group": Text("党组", "leading party group"),
}

SANCTIONS: dict[str, Text] = {
    "warning": Text("警告处分", "a warning"),
    "serious-warning": Text("严重警告处分", "a serious warning"),
    "removal-from-posts": Text("撤销党内职务处分", "removal from posts"),
    "probation-within-party": Text("留党察看处分", "probation within the Party"),
    "expulsion": Text("开除党籍处分", "expulsion"),
}

_VALUES = OUTCOMES | ORGANISATIONS | SANCTIONS


def value(text: str) -> Text:
    """Give the words for a value that a record states; the value itself where there are none."""
    return _VALUES.get(text, Text(text, text))


def field(name: str) -> Text:
    """Give the words for a field of a record; its own name where there are none."""
    return FIELDS.get(name, MEASURED.get(name, Text(name, name.replace("_", " "))))
