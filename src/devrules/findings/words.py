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
        "新旧版本衔接，仅作提醒：期限从旧版施行时起算，或办理时新版尚未公布",
        "transition: it began under the old edition, or the new one was not yet public; a warning only",
    ),
    "borderline": Text(
        "临界：相差一天或换一种算法，结论会改变", "borderline: one day or another reading would change the verdict"
    ),
    "assumed": Text(
        "推定：所需日期没有记录，以相近的日期代替", "assumed: the day itself is not recorded, another one stands in"
    ),
    "provisional": Text("工作日历尚未公布，暂不能判断", "provisional: the working-day calendar is not published yet"),
    "blank-cell": Text("依据为空白单元格", "rests on a blank cell"),
    "later-record": Text("有晚于核查日的记录，未计入", "records later than the as-of day were left out"),
    "edition-not-encoded": Text(
        "行为早于{}施行，旧版未收录", "the act came before the {}; an earlier one is not encoded"
    ),
}

NOT_PUBLIC = Text(
    "新旧版本衔接，仅作提醒：办理时{}已经施行、尚未公布",
    "transition: the {} was in force, but not yet public; a warning only",
)
BEGAN_BEFORE = Text(
    "新旧版本衔接，仅作提醒：期限在{}施行前已经开始，新版没有过渡规定",
    "transition: it began before the {}, which says nothing of that; a warning only",
)
"""Which of the two a transition is."""

SPECIAL = Text(
    "直接接收、追认等特殊方式，条文没有列明免除哪些步骤",
    "a special way: the law does not say which of the usual steps it spares",
)
"""Why most rules say nothing about a dossier of a special way."""

OF_ANY_MEETING: dict[str, Text] = {
    "should_vote": Text("应到会", "should attend"),
    "present_vote": Text("实到会", "present"),
}
"""What is counted at a meeting where it is enough to be many: of a committee, too, all of whom have a vote."""

IN_DOUBT = Text(
    "正好达到这个比例，当时另一部法规认为足够，仅作提醒，请上级党委认定",
    "exactly so many, which was enough by another regulation then: a warning; let the superior committee decide",
)
"""Why a fail by a share is a warning only."""

MEASURED: dict[str, Text] = {
    "from": Text("起", "from"),
    "start": Text("开始", "started"),
    "end": Text("结束", "ended"),
    "to": Text("办理", "done"),
    "due": Text("最迟应为", "due"),
    "earliest": Text("最早应为", "earliest"),
    "first": Text("先", "first"),
    "then": Text("后", "then"),
    "day": Text("记载", "recorded"),
    "expected": Text("应为", "should be"),
    "until": Text("算到", "until"),
    "spans": Text("已满的段数", "full spans"),
    "empty_spans": Text("缺记录的段数", "spans without a record"),
    "working_days": Text("工作日", "working days"),
    "earliest_end": Text("最早止于", "ends no earlier than"),
    "latest_end": Text("最迟止于", "ends no later than"),
    "count": Text("次数", "count"),
    "people": Text("共", "people"),
    "not_full_members": Text("不是正式党员的", "not full members"),
    "under_sanction": Text("受处分尚未恢复权利的", "under sanction"),
    "should_vote": Text("应到会有表决权", "should vote"),
    "present_vote": Text("实到会有表决权", "present"),
    "votes_for": Text("赞成", "in favour"),
    "written_for": Text("书面赞成", "in favour in writing"),
    "attachments": Text("附件", "attachments"),
    "days": Text("共", "days"),
    "hours": Text("共", "hours"),
    "votes_against": Text("反对", "against"),
    "abstentions": Text("弃权", "abstentions"),
    "written_against": Text("书面反对", "against in writing"),
    "written_abstentions": Text("书面弃权", "abstentions in writing"),
    "self": Text("其中本人", "the person themselves"),
    "within_effect": Text("在处分影响期内的", "within the time of a sanction"),
    "days_to_spare": Text("距最长间隔尚余天数", "days to spare"),
    "stage_recorded": Text("所记阶段", "stage as recorded"),
    "stage_reached": Text("按记录应为", "stage by the records"),
    "floating": Text("流动人员", "floating"),
    "sponsors_spoke": Text("入党介绍人发言", "sponsors spoke"),
    "secret_ballot": Text("无记名投票", "secret ballot"),
    "one_by_one": Text("逐个讨论表决", "one by one"),
    "secretary_signed": Text("支部书记签名", "signed by the secretary"),
    "collective": Text("集体讨论", "decided collectively"),
}

ASKED: dict[str, Text] = {
    "floating": Text("为流动人员", "a floating person"),
    "sponsors_spoke": Text("应由入党介绍人在会上发言", "the sponsors speak at the meeting"),
    "secret_ballot": Text("应采取无记名投票", "a secret ballot"),
    "one_by_one": Text("应逐个讨论表决", "one by one"),
    "secretary_signed": Text("应由支部书记签名", "signed by the secretary"),
    "collective": Text("应集体讨论决定", "decided collectively"),
}
"""What is asked where something must be so."""


def label(name: str) -> Text:
    """Give the words for a measured value; its own name where there are none."""
    if name.endswith("_stated"):
        stated = field(name.removesuffix("_stated"))
        return Text(f"写明{stated.zh}", f"{stated.en} stated")
    if name.endswith("as_required"):
        return Text("内容符合要求", "content as required")
    return MEASURED.get(name, Text(name, name.replace("_", " ")))


def share(written: str) -> Text:
    """Give the words for a share: half by name, others as a fraction."""
    return Text("半数", "half") if written == "1/2" else Text(f" {written}", written)


def asked_of(name: str) -> Text:
    """Give the words for something that must be so, or must not be."""
    return ASKED.get(name, label(name))


FIELDS: dict[str, Text] = {
    "day": Text("日期", "day"),
    "received": Text("收到日期", "day of receipt"),
    "start": Text("开始日期", "first day"),
    "end": Text("结束日期", "last day"),
    "outcome": Text("结论", "conclusion"),
    "by": Text("决定机关", "deciding organisation"),
    "talker": Text("谈话人", "talker"),
    "talker_role": Text("谈话人职务", "role of the talker"),
    "to": Text("受理党组织", "organisation applied to"),
    "body": Text("主体", "body"),
    "organiser": Text("举办单位", "organiser"),
    "items": Text("所含项目", "papers"),
    "content": Text("内容", "content"),
    "notified": Text("通知日期", "day of notice"),
    "approved": Text("批准日期", "day of approval"),
    "reported": Text("报告日期", "day of report"),
    "reviewed": Text("审查日期", "day of the check"),
    "handed_over": Text("移交日期", "day of handing over"),
    "grade": Text("情节", "gravity"),
    "keeper": Text("保管单位", "keeper"),
    "method": Text("方式", "method"),
    "reason": Text("原因", "reason"),
    "expected_leave": Text("预计离开日期", "day of leaving"),
    "number": Text("编号", "number"),
    "title": Text("标题", "title"),
    "place": Text("地点", "place"),
    "host": Text("主持人", "host"),
    "recorder": Text("记录人", "recorder"),
    "dues": Text("每月党费", "monthly dues"),
}

OF_PEOPLE: dict[str, Text] = {
    "not-full": Text("成为正式党员的日期", "days of full membership"),
    "under-sanction": Text("处分情况", "sanctions"),
    "within-effect": Text("处分情况", "sanctions"),
}
"""What must be known of people to count them."""

PATHS: dict[str, Text] = {
    "person.birth": Text("出生日期", "day of birth"),
    "person.nationality": Text("国籍", "nationality"),
    "person.political_status": Text("政治面貌", "political status"),
    "person.floating": Text("流动人员", "floating"),
    "branch.has_committee": Text("设支委会", "branch committee"),
    "branch.has_groups": Text("设党小组", "party groups"),
    "person.employment": Text("就业就学情况", "employment"),
    "person.recorded_stage": Text("台账所记发展阶段", "stage as recorded"),
    "branch.kind": Text("党组织类别", "kind of the organisation"),
    "branch.temporary": Text("临时党组织", "temporary organisation"),
    "superior.temporary": Text("上级为临时党组织", "temporary superior organisation"),
    "superior.kind": Text("上级党组织类别", "kind of the superior organisation"),
}

EVENT_FIELDS: dict[str, Text] = {"by": Text("组织者", "organiser")}
"""What fields are called of an event, which nobody decides."""

UNITS: dict[str, Text] = {
    "days": Text("天", "days"),
    "hours": Text("学时", "hours"),
    "people": Text("名", ""),
    "not_full_members": Text("名", ""),
    "under_sanction": Text("名", ""),
    "within_effect": Text("名", ""),
    "self": Text("名", ""),
    "should_vote": Text("人", ""),
    "present_vote": Text("人", ""),
    "votes_for": Text("票", ""),
    "votes_against": Text("票", ""),
    "abstentions": Text("票", ""),
    "written_for": Text("票", ""),
    "written_against": Text("票", ""),
    "written_abstentions": Text("票", ""),
    "working_days": Text("个", ""),
    "count": Text("次", ""),
    "attachments": Text("份", ""),
}
"""The measure words behind numbers; where a number is asked for, in English, too."""

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
    "cancelled": Text("取消预备党员资格", "status cancelled"),
    "criticised": Text("批评教育", "criticised"),
    "minor": Text("情节轻微", "minor"),
    "serious": Text("情节较重", "serious"),
    "acknowledged": Text("予以承认", "acknowledged"),
    "not-acknowledged": Text("不予承认", "not acknowledged"),
    "none": Text("无", "none"),
}

ORGANISATIONS: dict[str, Text] = {
    "branch": Text("党支部", "branch"),
    "general-branch": Text("党总支", "general branch"),
    "basic-committee": Text("基层党委", "basic committee"),
    "township-committee": Text("乡镇（街道）党委", "township committee"),
    "committee-under-township": Text("乡镇（街道）党委所属基层党委", "committee under a township committee"),
    "work-committee": Text("党工委", "work committee"),
    "party-group": Text("党组", "leading party group"),
    "branch-committee": Text("支部委员会", "branch committee"),
    "general-meeting": Text("支部党员大会", "general meeting"),
    "group": Text("党小组", "party group of the branch"),
    "organisation-department": Text("组织部门", "organisation department"),
    "county-organisation-department": Text("县级党委组织部门", "county organisation department"),
    "county-committee": Text("县级党委", "county committee"),
    "city-committee": Text("市级党委", "city committee"),
    "provincial-committee": Text("省级党委", "provincial committee"),
    "central-committee": Text("党中央", "Central Committee"),
    "higher-committee": Text("县级以上党委", "committee at or above the county"),
}

ROLES: dict[str, Text] = {
    "branch-secretary": Text("党支部书记", "branch secretary"),
    "committee-member": Text("党委委员", "member of the committee"),
    "organiser": Text("组织员", "organiser"),
    "branch-committee-member": Text("支部委员", "member of the branch committee"),
}

APPLIED_TO: dict[str, Text] = {
    "own-unit": Text("本单位党组织", "organisation of the own unit"),
    "unit-location": Text("单位所在地党组织", "organisation where the unit is"),
    "unit-department": Text("单位主管部门党组织", "organisation of the department above the unit"),
    "residence": Text("居住地党组织", "organisation at the residence"),
    "floating-members": Text("流动党员党组织", "organisation of floating members"),
    "unit-with-organisation": Text("单位建有党组织", "unit with a Party organisation"),
    "unit-without-organisation": Text("单位未建立党组织", "unit without a Party organisation"),
}

PAPERS: dict[str, Text] = {
    "application": Text("入党申请书", "application"),
    "activist-form": Text("培养考察登记表", "activist's form"),
    "admission-form": Text("入党志愿书", "admission form"),
    "political-review": Text("政治审查材料", "political review"),
    "cultivation": Text("培养教育考察材料", "papers on the cultivation"),
    "probation-form": Text("预备党员考察表", "probation form"),
    "conversion-application": Text("转正申请书", "application for conversion"),
    "personnel-file": Text("本人人事档案", "personnel file"),
}

NATIONALITIES: dict[str, Text] = {
    one: Text("中国国籍", "Chinese nationality")
    for one in ("CN", "CHN", "China", "Chinese", "中国", "中国籍", "中华人民共和国")
}

SANCTIONS: dict[str, Text] = {
    "warning": Text("警告处分", "a warning"),
    "serious-warning": Text("严重警告处分", "a serious warning"),
    "removal-from-posts": Text("撤销党内职务处分", "removal from posts"),
    "probation-within-party": Text("留党察看处分", "probation within the Party"),
    "expulsion": Text("开除党籍处分", "expulsion"),
}

_VALUES = OUTCOMES | ORGANISATIONS | SANCTIONS | ROLES | APPLIED_TO | PAPERS


def value(text: str) -> Text:
    """Give the words for a value that a record states; the value itself where there are none."""
    return _VALUES.get(text, Text(text, text))


def field(name: str) -> Text:
    """Give the words for a field of a record; its own name where there are none."""
    return FIELDS.get(name, MEASURED.get(name, Text(name, name.replace("_", " "))))


def asked(text: str) -> Text:
    """Give the words for a value that is asked for: one name where several ways of writing it are accepted."""
    same = {said.zh: said for said in ROLES.values()}
    return NATIONALITIES.get(text) or same.get(text) or value(_SAME.get(text, text))


_SAME = {"支部书记": "branch-secretary"}
"""Other ways in which records write a value."""
