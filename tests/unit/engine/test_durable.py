"""The engine that is durable-rules."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from devrules.engine.api import Outcome
from devrules.engine.checks import HIGHEST, LOWEST
from devrules.engine.durable import Durable
from devrules.engine.to_durable import fnv1a
from devrules.errors import EngineDisagreement, EngineFailure, InvalidInput, InvalidRuleset
from devrules.program.conditions import OPERATORS, AllOf, AnyOf, Op, Plain, Test

pytestmark = pytest.mark.usefixtures("durable_rules")


def holds(when: Plain, **fact: int) -> bool:
    """Whether the only outcome of the only rule is reached."""
    return bool(Durable([Outcome("r", "pass", when)]).judge(fact))


def run_python(script: str, *first: str) -> str:
    """What a script prints in a process of its own, that looks for modules in *first* before anywhere else."""
    # Unmeasured: what measures coverage may hold a lock of its own when a process with threads forks.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    environment |= {"PYTHONPATH": os.pathsep.join([*first, *sys.path])}
    command = [sys.executable, "-c", script]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=50)
    return run.stdout.strip()


def pages() -> int:
    """The memory of this process that is in use, in bytes."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096


needs_proc = pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")


def test_its_name(durable_rules: str) -> None:
    """As reports print it."""
    assert f"durable-rules {durable_rules}" == Durable([]).name


@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("constant", [LOWEST, -5, 0, 5, HIGHEST])
@pytest.mark.parametrize("value", [LOWEST, -6, -5, 0, 5, 6, HIGHEST])
def test_it_compares(op: Op, constant: int, value: int) -> None:
    """Below, at and above the constant, up to the ends of 64 bits."""
    assert OPERATORS[op](value, constant) == holds(Test("x", op, constant), x=value)


@pytest.mark.parametrize("op", OPERATORS)
@pytest.mark.parametrize("constant", [LOWEST, 0, HIGHEST])
def test_an_absent_property_satisfies_no_test(op: Op, constant: int) -> None:
    """Not even the widest one."""
    assert not holds(Test("x", op, constant), y=0)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (AllOf(()), True),
        (AnyOf(()), False),
        (AllOf((Test("x", ">", 0), Test("y", ">", 5))), False),
        (AnyOf((Test("x", ">", 0), Test("y", ">", 0))), True),
        (AllOf((AnyOf((Test("x", ">", 0), Test("x", ">", -1))), AnyOf((Test("y", "<", 5), Test("y", "<", 6))))), True),
        (AnyOf(tuple(Test("x", ">", -number) for number in range(40))), True),
        (AnyOf(tuple(AllOf((Test("y", "==", 2), Test("x", "==", number))) for number in range(200, 0, -1))), True),
    ],
)
def test_it_joins(when: Plain, expected: bool) -> None:
    """All-of and any-of, nested and empty; several branches at once are one verdict."""
    assert expected == holds(when, x=1, y=2)


@pytest.mark.parametrize("name", ["id", "sid", "s", "m", "$and", "p1", "谈话.low", 'a"b', "a\\b", ""])
def test_a_property_may_have_any_name(name: str) -> None:
    """Also one with a meaning for the C module."""
    engine = Durable([Outcome("a", "pass", AllOf((Test(name, "==", 1), Test("other", "==", 2))))])

    assert {"a": "pass"} == engine.judge({name: 1, "other": 2})
    assert {} == engine.judge({name: 2, "other": 2})


def test_properties_with_equal_hashes_are_told_apart() -> None:
    """The C module alone would take one for the other."""
    engine = Durable([Outcome("a", "pass", AllOf((Test("costarring", "==", 1), Test("liquid", "==", 2))))])

    assert fnv1a("costarring") == fnv1a("liquid")
    assert {"a": "pass"} == engine.judge({"costarring": 1, "liquid": 2})
    assert {} == engine.judge({"costarring": 2, "liquid": 1})


@pytest.mark.parametrize("rule", ["whole", "0", 'a"b', "谈话", ""])
def test_a_rule_may_have_any_name(rule: str) -> None:
    """Its name never reaches the C module."""
    assert {rule: "通过"} == Durable([Outcome(rule, "通过", AllOf(()))]).judge({})


def test_properties_that_no_rule_uses_are_left_out() -> None:
    """A fact may hold more than the C module could."""
    engine = Durable([Outcome("a", "pass", Test("x299", "==", 299))])

    assert {"a": "pass"} == engine.judge({f"x{number}": number for number in range(300)})


def test_a_bucket_may_be_full() -> None:
    """48 conditions that match at once, 200 properties, 250 branches: all within the limits of the C module."""
    forty_eight = [
        Outcome(f"r{n}", "pass", AnyOf(tuple(Test(f"p{n}{b}", ">", 0) for b in range(4)))) for n in range(12)
    ]
    wide = Outcome("wide", "pass", AllOf(tuple(Test(f"p{n}", ">=", 0) for n in range(200))))
    deep = [Outcome("deep", f"{n}", Test("x", "==", n)) for n in range(250)]
    fact = {"x": 249} | {f"p{n}": n for n in range(200)} | {f"p{n}{b}": 1 for n in range(12) for b in range(4)}

    assert {f"r{n}": "pass" for n in range(12)} == Durable(forty_eight).judge(fact)
    assert {"wide": "pass"} == Durable([wide]).judge(fact)
    assert {"deep": "249"} == Durable(deep).judge(fact)


def test_many_rules_share_many_buckets() -> None:
    """The verdicts come in the order of the outcomes."""
    outcomes = [Outcome(f"r{n}", verdict, when) for n in range(300) for verdict, when in _sides(n)]

    verdicts = Durable(outcomes).judge({f"x{n}": n % 2 for n in range(300)})

    assert [(f"r{n}", "odd" if n % 2 else "even") for n in range(300)] == list(verdicts.items())


def _sides(n: int) -> list[tuple[str, Test]]:
    return [("odd", Test(f"x{n}", "==", 1)), ("even", Test(f"x{n}", "==", 0))]


def test_two_outcomes_at_once_disagree() -> None:
    """The error names the rule and the verdicts; the next fact is judged as ever."""
    engine = Durable([Outcome("a", "pass", Test("x", ">", 0)), Outcome("a", "fail", Test("x", ">", 1))])

    with pytest.raises(EngineDisagreement, match="rule a: the verdicts differ: pass, fail"):
        engine.judge({"x": 2})
    assert {"a": "pass"} == engine.judge({"x": 1})


@pytest.mark.parametrize("value", [True, None, 1.5, "1", HIGHEST + 1], ids=repr)
def test_a_value_that_is_no_whole_number_never_reaches_the_c_module(value: int) -> None:
    """The error names the property; the next fact is judged as ever."""
    engine = Durable([Outcome("a", "pass", Test("slack.low", ">", 0))])

    with pytest.raises(InvalidInput, match=r"slack\.low: .* is not a whole number of 64 bits"):
        engine.judge({"slack.low": value})
    assert {"a": "pass"} == engine.judge({"slack.low": 1})


@pytest.mark.parametrize(
    ("when", "what"),
    [
        (Test("x", ">", HIGHEST + 1), "9223372036854775808 is not a whole number of 64 bits"),
        (Test("x", "==", True), "True is not a whole number of 64 bits"),
        (AnyOf(tuple(Test(f"x{n}", "==", 1) for n in range(65))), "65 conditions can match at once, more than 48"),
    ],
)
def test_a_rule_that_is_not_safe_never_reaches_the_c_module(when: Plain, what: str) -> None:
    """The error names the rule."""
    with pytest.raises(InvalidRuleset, match=rf"rule talk: .*{what}"):
        Durable([Outcome("talk", "pass", when)])


def test_a_run_that_fails_is_an_error_and_the_next_one_is_not() -> None:
    """
    A fact whose measures end before they begin matches more than was counted on: the stack of the C module is full.
    """
    below = AnyOf(tuple(Test(f"m{n}.high", "<=", 0) for n in range(40)))
    above = AnyOf(tuple(Test(f"m{n}.low", ">=", 1) for n in range(40)))
    engine = Durable([Outcome("a", "pass", below), Outcome("a", "fail", above)])

    with pytest.raises(EngineFailure, match=r"durable-rules: .*303"):
        engine.judge({f"m{n}.low": 1 for n in range(40)} | {f"m{n}.high": 0 for n in range(40)})
    assert {"a": "pass"} == engine.judge({f"m{n}.{end}": 0 for n in range(40) for end in ("low", "high")})


FORGETFUL = """
error = ValueError
runs = 0
def create_ruleset(name, rules): return 1
def delete_ruleset(handle): pass
def assert_fact(handle, fact): return 0, 1
def start_action_for_state(handle, state):
    global runs
    runs += 1
    return "{}", '{"whole":{}}' if runs == 1 else '{"0":{}}'
def complete_and_start_action(handle, state): return None
def delete_state(handle, sid): pass
"""

HALFWAY = """
from devrules.engine.api import Outcome
from devrules.engine.durable import Durable
from devrules.errors import EngineFailure
from devrules.program.conditions import Test

try:
    print(Durable([Outcome("a", "pass", Test("x", "==", 1))]).judge({"x": 1}))
except EngineFailure as error:
    print(error)
"""


def test_a_run_without_the_sentinel_is_an_error(tmp_path: Path) -> None:
    """A C module that forgets firings, which the true one has not been seen to do here, would not go unnoticed."""
    (tmp_path / "durable_rules_engine.py").write_text(FORGETFUL)

    assert "durable-rules stopped before the end of a run" == run_python(HALFWAY, str(tmp_path))


def test_threads_share_an_engine() -> None:
    """Each gets the verdicts of its own facts."""
    engine = Durable([Outcome(f"r{n}", v, when) for n in range(30) for v, when in _sides(n)])
    wrong: list[int] = []

    def work(thread: int) -> None:
        for turn in range(300):
            bit = (thread + turn) % 2
            if set(engine.judge({f"x{n}": bit for n in range(30)}).values()) != {("even", "odd")[bit]}:
                wrong.append(thread)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [] == wrong


FORK = """
import os, sys, threading, warnings
from devrules.engine.api import Outcome
from devrules.engine.durable import Durable
from devrules.program.conditions import Test

warnings.simplefilter("ignore")  # that a process with threads forks is the point
outcomes = [Outcome(f"r{n}", "pass", Test(f"x{n}", "==", 1)) for n in range(10)]
engine, fact = Durable(outcomes), {f"x{n}": 1 for n in range(10)}
stop = threading.Event()

def work():
    while not stop.is_set():
        engine.judge(fact)

threading.Thread(target=work).start()
codes = []
for _ in range(40):
    child = os.fork()
    if not child:
        os._exit(0 if len(engine.judge(fact)) == 10 else 1)
    codes.append(os.waitpid(child, 0)[1])
stop.set()
print(set(codes))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks while threads run")
def test_an_engine_lives_on_in_a_forked_child() -> None:
    """Also when another thread was in the middle of a run."""
    assert "{0}" == run_python(FORK)


@needs_proc
def test_an_engine_gives_its_memory_back() -> None:
    """Hundreds of programs in one process take no more than one."""

    def make(amount: int) -> None:
        for _ in range(amount):
            Durable([Outcome(f"r{n}", v, when) for n in range(20) for v, when in _sides(n)]).judge({"x1": 1})
        gc.collect()

    make(30)
    before = pages()
    make(400)

    assert abs(pages() - before) < 5 * 2**20


@needs_proc
def test_judging_takes_no_memory() -> None:
    """50,000 facts leave nothing behind."""
    engine = Durable([Outcome(f"r{n}", v, when) for n in range(5) for v, when in _sides(n)])
    facts = [{f"x{n}": (number >> n) % 2 for n in range(5)} for number in range(32)]

    def judge(amount: int) -> None:
        for number in range(amount):
            engine.judge(facts[number % 32])

    judge(2_000)
    before = pages()
    judge(50_000)

    assert abs(pages() - before) < 5 * 2**20
