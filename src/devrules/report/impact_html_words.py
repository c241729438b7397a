"""The words of the HTML page of what a change changes, where they are others than those of an audit."""

from __future__ import annotations

from devrules.law.model import Text
from devrules.report.html_words import PAGE, SCRIPT

_FAILING = Text("新增不合格", "Newly failing")
_RELIEVED = Text("不再不合格", "No longer failing")
_OTHER = Text("其他变化", "Other changes")

IMPACT_PAGE: dict[str, Text] = PAGE | {
    "title": Text("规则变化影响分析", "What a change of the rules changes"),
    "changed": Text("结论有变化的人数", "people whose verdicts change"),
    "failing": Text("新增不合格的人数", "people who newly fail"),
    "relieved": Text("不再不合格且无新增的人数", "people who only fail less"),
    "red": Text("新增不合格（红灯）", "newly failing (red)"),
    "yellow": Text("新增不合格（黄灯）", "newly failing (yellow)"),
    "green": _RELIEVED,
    "grey": _OTHER,
    "red_means": Text("必须做到的要求", "what must be done"),
    "yellow_means": Text("一般要求或地方口径", "a should, or a local rule"),
    "green_means": Text("项结论", "verdicts"),
    "grey_means": Text("项结论，例如不适用变为合格", "verdicts, such as not applicable to pass"),
    "turns": Text("结论变化", "Verdicts"),
    "tables": Text("汇总", "Summary"),
    "list": Text("结论有变化的人员", "People whose verdicts change"),
    "nothing": Text("没有结论因此改变。", "No verdict changes."),
    "own": Text(
        "这是假设分析，不是对任何人的结论；实际核查按办理当日施行的版本判断。灯色是本软件的约定，法规中没有。",
        "This is a what-if, not a verdict on anybody: an audit judges each act by the edition in force on its day. The "
        "colours are a convention of this software, not of the law.",
    ),
}

IMPACT_SCRIPT: dict[str, Text] = SCRIPT | {
    "red": Text("新增红灯", "New, red"),
    "yellow": Text("新增黄灯", "New, yellow"),
    "green": _RELIEVED,
    "grey": _OTHER,
    "rules": Text("结论变化的规则", "Rules whose verdicts change"),
    "anyLamp": Text("全部变化", "any change"),
    "lampOn": _FAILING,
    "lampRed": Text("新增不合格（红灯）", "newly failing, red"),
    "lampYellow": Text("新增不合格（黄灯）", "newly failing, yellow"),
    "lampGreen": _RELIEVED,
    "failing": _FAILING,
    "relieved": _RELIEVED,
    "other": _OTHER,
    "nothingNew": Text("没有新增的不合格", "Nothing newly fails"),
    "was": Text("原来：", "Before: "),
}
