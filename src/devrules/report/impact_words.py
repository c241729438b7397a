"""What every format says of a what-if: what was assumed, what is compared, which verdicts turn into which."""

from __future__ import annotations

from collections.abc import Iterator

from devrules.findings import words
from devrules.findings.finding import Finding
from devrules.findings.message import sentence
from devrules.report.impact import Differences, RuleImpact
from devrules.ruleset.model import VERDICTS


def what_if(impact: Differences, lang: str) -> str:
    """Say what was assumed, and that no verdict on anybody comes of it."""
    asked = impact.asked
    if asked.before is None or asked.after is None:
        if lang == "zh":
            return (
                f"假设分析：现行规则与加上 {asked.overlay} 之后对比，列出结论不同之处；"
                "各行为仍按办理当日施行的版本判断。"
            )
        return (
            f"What if: the rules of today against the same rules with {asked.overlay} added; every act is judged by "
            "the edition in force on its day."
        )
    old, new = (_edition(impact, one, lang) for one in (asked.before, asked.after))
    if lang == "zh":
        return (
            f"假设分析：不论何时办理，全部行为先都按{old}、再都按{new}判断，列出结论不同之处。"
            "实际核查按办理当日施行的版本判断，这里的结论不是对任何人的结论。"
        )
    return (
        f"What if: every act is judged as if the {old}, and then as if the {new} had been in force on every day; what "
        "differs is listed. An audit judges each act by the edition in force on its day: nothing here is a verdict on "
        "anybody."
    )


def _edition(impact: Differences, edition: str, lang: str) -> str:
    regulations = (one for ruleset in impact.after.rulesets for one in ruleset.regulations)
    found = next(own for one in regulations for own in one.editions if own.id == edition)
    return found.zh if lang == "zh" else found.en


def heads_of(impact: Differences, lang: str) -> tuple[str, str]:
    """Name the two that are compared."""
    if impact.asked.before is not None and impact.asked.after is not None:
        return _edition(impact, impact.asked.before, lang), _edition(impact, impact.asked.after, lang)
    return ("现行", f"加上 {impact.asked.overlay}") if lang == "zh" else ("today", f"with {impact.asked.overlay}")


def turns_of(rule: RuleImpact, lang: str) -> Iterator[str]:
    """Yield from which verdict to which, and how often: what fails first, else in the order of the verdicts."""
    ordered = sorted(rule.turns.items(), key=lambda one: (one[0][1] != "fail", *map(VERDICTS.index, one[0])))
    for (old, new), count in ordered:
        yield f"{words.VERDICTS[old].said(lang)} → {words.VERDICTS[new].said(lang)} {count}"


def reason_of(finding: Finding, lang: str) -> str:
    """Say why, without the title and the verdict, which are said elsewhere; empty where there is no more to say."""
    said = sentence(finding, lang)
    head = f"{finding.title.said(lang)}{'：' if lang == 'zh' else ': '}{words.VERDICTS[finding.verdict].said(lang)}"
    rest = said.removeprefix(head)
    return said if rest == said else rest.lstrip("；;：:。. ")
