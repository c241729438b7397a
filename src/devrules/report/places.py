"""Where a rule stands, as reports say it."""

from __future__ import annotations

from devrules.findings.cited import cited_text
from devrules.findings.finding import Finding


def article_text(finding: Finding, lang: str) -> str:
    """Say where the rule stands: the edition and the article; both editions where either may apply."""
    rulesets = finding.judgement.program.rulesets
    if finding.edition is not None and finding.article is not None:
        return cited_text(rulesets, finding.edition, finding.article, lang)
    own = {edition.id for edition in finding.compiled.editions}
    cited = (one for one in finding.citations if one.edition in own)
    return " / ".join(dict.fromkeys(cited_text(rulesets, one.edition, one.article, lang) for one in cited))
