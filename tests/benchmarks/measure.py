"""
What is measured, each in a process of its own: ``python -m benchmarks.measure check`` in the folder ``tests``.

Prints one JSON object. Times are the least of several rounds in turn, in seconds; they mean something only beside each
other.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from itertools import cycle, islice
from pathlib import Path

import devrules

from . import baseline, dossiers, national

CHECKS, AT_ONCE = 20_000, 5_000
_MEGABYTE = 2**20


def fastest(works: Mapping[str, Callable[[], object]], *, rounds: int, times: int) -> dict[str, float]:
    """
    Time works in turn, a few milliseconds at once: the least is what the machine can do while nobody disturbs it.

    Of the processor's time, not of the clock's: other processes want the processor too.
    """
    least = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            start = time.process_time()
            for _ in range(times):
                work()
            least[name] = min(least[name], (time.process_time() - start) / times)
    return least


def check() -> dict[str, dict[str, float]]:
    """Judge one dossier, warm, until everything that the baseline tells is known."""
    rules = national.rules()
    measured = {}
    for plain in (dossiers.clean(), dossiers.defective()):
        dossier = rules.read_dossier(plain)
        works: dict[str, Callable[[], object]] = {
            "baseline": lambda dossier=dossier: baseline.judge(dossier, dossiers.AS_OF),
            "devrules": lambda dossier=dossier: national.findings(rules.check(dossier, as_of=dossiers.AS_OF)),
        }
        measured[dossier.id] = fastest(works, rounds=150, times=3)
    return measured


def steps() -> dict[str, float]:
    """Time the parts of a check."""
    from devrules.findings.model import Judgement  # noqa: PLC0415  # only here it matters what a check is made of
    from devrules.program.view import View  # noqa: PLC0415

    rules = national.rules()
    dossier, as_of = rules.read_dossier(dossiers.clean()), dossiers.AS_OF
    bench, kinds = rules._benches["person"], rules.program.kinds
    evaluator, judge, engine = bench._evaluator, bench._judge, bench.engine
    view = View(dossier, as_of, kinds)
    values = evaluator.values(view)
    fact = judge.fact(values)
    verdicts = engine.judge(fact)
    judgement = Judgement(rules.program, dossier, as_of, values, view)
    works: dict[str, Callable[[], object]] = {
        "view": lambda: View(dossier, as_of, kinds),
        "measures": lambda: evaluator.values(view),
        "fact": lambda: judge.fact(values),
        "engines": lambda: engine.judge(fact),
        "findings": lambda: judge.findings(judgement, verdicts, fact),
        "check": lambda: rules.check(dossier, as_of=as_of),
        "baseline": lambda: baseline.judge(dossier, as_of),
    }
    return fastest(works, rounds=150, times=3)


def impact() -> dict[str, float]:
    """Judge four hundred dossiers, and compare two editions on them; making the rules of either is part of it."""
    rules = devrules.load()
    read = [rules.read_dossier(plain) for plain, _ in dossiers.varied(400)]
    editions = [edition.id for edition in rules.rulesets[0].regulations[0].editions]
    works: dict[str, Callable[[], object]] = {
        "audit": lambda: rules.audit(read, as_of=dossiers.AS_OF),
        "impact": lambda: rules.impact(read, as_of=dossiers.AS_OF, from_=editions[0], to=editions[-1]).rules,
    }
    return fastest(works, rounds=4, times=1)


def importing() -> dict[str, float]:
    """Import in a fresh interpreter: what devrules is built on, devrules, and all that judging needs."""
    statements = {
        "base": "import attrs, cattrs, pluggy",
        "devrules": "import attrs, cattrs, pluggy, devrules",
        "whole": "import devrules; devrules.load",
    }
    times: dict[str, list[float]] = {name: [] for name in statements}
    for _ in range(8):
        for name, statement in statements.items():
            code = f"import time; start = time.process_time(); {statement}; print(time.process_time() - start)"
            times[name].append(float(subprocess.check_output([sys.executable, "-c", code])))
    return {name: min(measured) for name, measured in times.items()}


def memory() -> dict[str, list[float]]:
    """Judge many dossiers, none like the one before, and look at the resident memory now and then."""
    rules = devrules.load()
    read = [(rules.read_dossier(plain), as_of) for plain, as_of in dossiers.varied(500)]
    megabytes = []
    endless = cycle(read)
    for _ in range(CHECKS // AT_ONCE):  # the first is the warm-up
        for dossier, as_of in islice(endless, AT_ONCE):
            rules.check(dossier, as_of=as_of)
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        megabytes.append(pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE)
    return {"megabytes": megabytes}


if __name__ == "__main__":
    works: dict[str, Callable[[], object]] = {
        "check": check,
        "impact": impact,
        "importing": importing,
        "memory": memory,
        "steps": steps,
    }
    print(json.dumps(works[sys.argv[1]](), indent=1))  # noqa: T201
