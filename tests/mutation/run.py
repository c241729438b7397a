"""
All rules, those of overlays too, to a score.

    cd tests
    python -m mutation.run                  the score, and every survivor with a hint
    python -m mutation.run RULE ...         the same for some rules
    python -m mutation.run --write          writes the score into docs/explanation/mutation.md
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import attrs
from mutation.judge import Result, rule_ids, run_rule

FOLDER = Path(__file__).parent
EQUIVALENT = FOLDER / "equivalent.toml"
PAGE = FOLDER.parents[1] / "docs" / "explanation" / "mutation.md"
SCORE = re.compile(r"(<!-- score -->\n).*?(<!-- end of score -->)", re.DOTALL)
HINTS = {
    "anchor": "a case in which the two days lie on different sides of the limit",
    "article": "a case that states the article in that edition",
    "counts": "a case with two records of the kind, of which the wrong one would change the verdict",
    "dropped": "a case that only this part decides",
    "edge": "a case on the last value that passes, and one on the first that fails",
    "edition": "a case in that edition, with its verdict and article",
    "flag": "a case that only this decides",
    "gate": "a pending case that states the gate at which it fails",
    "joined": "a case in which one term holds and the other does not",
    "judges": "a case in which the two acts lie under different editions",
    "kind": "a case in which only one of the two records is there",
    "limit": "a case on the last day that passes, and one on the day after",
    "order": "a case out of order",
    "share": "a case with exactly the share",
    "strength": "a case that states the strength",
    "term": "a case that only this word decides",
    "way": "a case of a special way of joining",
    "when": "a case to which the rule does not apply",
}


@attrs.frozen
class Score:
    """What came of all mutants."""

    results: tuple[Result, ...]
    equivalent: tuple[str, ...]

    @property
    def survived(self) -> tuple[str, ...]:
        """The mutants that no case noticed."""
        return tuple(sorted(name for result in self.results for name in result.survived))

    @property
    def killed(self) -> int:
        """How many a case noticed."""
        return sum(result.killed for result in self.results)

    @property
    def undeclared(self) -> tuple[str, ...]:
        """The survivors that are not declared equivalent."""
        return tuple(name for name in self.survived if name not in self.equivalent)

    def __str__(self) -> str:
        declared = len(self.survived) - len(self.undeclared)
        whole = self.killed + len(self.survived)
        return (
            f"{whole} mutants of {len(self.results)} rules: {self.killed} killed, {declared} declared equivalent "
            f"({declared / whole:.1%}), {len(self.undeclared)} survivors.\n"
        )


def equivalent() -> dict[str, str]:
    """Read which mutants are declared equivalent, and why."""
    declared = tomllib.loads(EQUIVALENT.read_text("utf-8")).get("equivalent", [])
    return {f"{one['rule']}: {mutant}": one["reason"] for one in declared for mutant in one["mutants"]}


def run(rules: Sequence[str] = ()) -> Score:
    """Try every mutant of some rules, by default of all."""
    # The rules are loaded before the processes begin, which thus have them.
    chosen = list(rules) or rule_ids()
    with ProcessPoolExecutor() as pool:
        return Score(tuple(pool.map(run_rule, chosen)), tuple(equivalent()))


def with_score(page: str, score: Score) -> str:
    """Put the score into a page."""
    return SCORE.sub(lambda found: f"{found[1]}{score}{found[2]}", page)


def main(arguments: Sequence[str]) -> int:
    """Print the score; see the module."""
    write = "--write" in arguments
    score = run([one for one in arguments if one != "--write"])
    for name in score.undeclared:
        print(f"{name}\n    missing: {HINTS[name.split(': ')[1]]}")  # noqa: T201
    print(score, end="")  # noqa: T201
    if write:
        PAGE.write_text(with_score(PAGE.read_text("utf-8"), score), "utf-8")
    return 1 if score.undeclared else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
