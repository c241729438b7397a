from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from devrules.errors import InvalidRuleset
from devrules.law.model import Text
from devrules.ruleset.cases import cases_of
from devrules.ruleset.checks import Manual, Within
from devrules.ruleset.from_toml import load_ruleset, parameters_of

Change = Callable[[str, str, str], None]
Problems = Callable[[], list[str]]
RULES = "rules/1.toml"
GUIDES = 'people = { of = "guides", at_least = "guides", at_most = "guides" }'
TALK = 'within = { limit = "talk-limit", from = ["application.received", "application.day"], to = "talk.first.day" }'
REVIEW = 'present = { record = "review" }'

BROKEN = [
    pytest.param(
        RULES,
        'talk.first.day" }',
        'talk.first.day", also_from = [] }',
        ["rules/1.toml talk-in-time.within.also_from: expected a path or a list of paths, found []"],
        id="no other path",
    ),
    pytest.param(
        RULES,
        'people = { of = "guides"',
        'folk = { of = "guides"',
        ["rules/1.toml two-guides.folk: there is no such check or key (checks: present, complete, "],
        id="unknown check",
    ),
    pytest.param(
        RULES,
        REVIEW,
        f'{REVIEW}\ncount = {{ records = "review" }}',
        ["rules/1.toml floating-reviewed: expected exactly one check, found present, count (one of present, "],
        id="two checks",
    ),
    pytest.param(
        RULES,
        REVIEW,
        "",
        ["rules/1.toml floating-reviewed: expected exactly one check, found none (one of "],
        id="no check",
    ),
    pytest.param(
        RULES,
        GUIDES,
        'people = { of = "guides", at_least = "giudes" }',
        [
            "rules/1.toml two-guides.people: there is no parameter 'giudes' (add it to parameters.toml)",
            "rules/1.toml two-guides: has no citation (add cites, or name a parameter that exists)",
        ],
        id="dangling parameter",
    ),
    pytest.param(
        RULES,
        'cites = { club-2000 = { article = "7", verified = "C" }, club-2020 = { article = "7", verified = "C" } }',
        "",
        ["rules/1.toml floating-reviewed: has no citation (add cites, or name a parameter that exists)"],
        id="no citation",
    ),
    pytest.param(
        RULES,
        'club-2020 = { article = "7", verified = "C" }',
        'club-2002 = { article = "7", verified = "C" }',
        ["rules/1.toml floating-reviewed: no regulation has the editions club-2000, club-2002 (see regulations.toml)"],
        id="unknown edition",
    ),
    pytest.param(
        RULES,
        'row = "C-1"',
        'row = "C-1"\nremark = "x"',
        ["rules/1.toml talk-in-time: expected exactly one check, found remark, within (one of "],
        id="unknown key of a rule",
    ),
    pytest.param(
        RULES,
        GUIDES,
        GUIDES.replace("at_most", "at_moss"),
        ["rules/1.toml two-guides.people: unknown field(s): at_moss"],
        id="unknown key of a check",
    ),
    pytest.param(
        RULES,
        'title = { zh = "按期谈话", en = "The talk is held in time" }',
        'title = { zh = "按期谈话" }',
        ["rules/1.toml talk-in-time.title.en: required field missing"],
        id="title in one language",
    ),
    pytest.param(
        RULES,
        'strength = "local"',
        'strength = "maybe"',
        ["rules/1.toml reviewed-twice-a-year.strength: "],
        id="unknown strength",
    ),
    pytest.param(
        RULES,
        'from = ["application.received", "application.day"]',
        "from = []",
        ["rules/1.toml talk-in-time.within.from: expected a path or a list of paths, found []"],
        id="no path",
    ),
    pytest.param(
        RULES,
        'from = ["application.received", "application.day"]',
        'from = "aplication.received"',
        ["rules/1.toml talk-in-time: 'aplication.received': there is no kind of record 'aplication'"],
        id="unknown kind in a path",
    ),
    pytest.param(
        RULES,
        '"talk.first.day"',
        '"talk.first.dya"',
        ["rules/1.toml talk-in-time: 'talk.first.dya': a talk has no field 'dya' (did you mean 'day'?)"],
        id="unknown field in a path",
    ),
    pytest.param(
        RULES, '"talk.first.day"', '"talk.talker"', ["rules/1.toml talk-in-time: 'talk.talker' is no day"], id="no day"
    ),
    pytest.param(
        RULES,
        'judges = "notice"',
        'judges = "notis"',
        ["rules/1.toml notice-long-enough: judges 'notis', which is no kind of record"],
        id="unknown act",
    ),
    pytest.param(
        RULES,
        'row = "C-2"\nbefore = "filing"',
        'row = "C-2"\nbefore = "flying"',
        ["rules/1.toml two-guides: before = 'flying': there is no such gate (filing)"],
        id="unknown gate",
    ),
    pytest.param(
        RULES,
        'when = { value = "person.floating"',
        'when = { value = "person.flying"',
        ["rules/1.toml floating-reviewed: 'person.flying' names no field of person, branch, superior"],
        id="unknown field of the person",
    ),
    pytest.param(
        "regulations.toml",
        "in_force = 2020-01-01",
        "in_force = 2000-01-01",
        [
            "regulations.toml club.editions: the editions overlap or stand out of order: ",
            "club-2000 2000-01-01, club-2020 2000-01-01 (one day each, the oldest first)",
        ],
        id="overlapping editions",
    ),
    pytest.param(
        "regulations.toml",
        'verified = "V2"',
        'verfied = "V2"',
        ["regulations.toml club.editions[1].verified: required field missing", "unknown field(s): verfied"],
        id="unknown key of an edition",
    ),
    pytest.param(
        "kinds.toml",
        'shape = "talk"',
        'shape = "chat"',
        ["kinds.toml talk: ", "which is no kind of record"],
        id="unknown shape",
    ),
    pytest.param(
        "parameters.toml",
        'value = "5 working days"',
        "value = -5",
        ["parameters.toml notice-length.club-2020.value: expected a period, a fraction or a whole number, found -5"],
        id="negative number",
    ),
    pytest.param(
        "parameters.toml",
        'value = "5 working days"',
        "value = 5.5",
        ["parameters.toml notice-length.club-2020.value: expected a period, a fraction or a whole number, found 5.5"],
        id="broken number",
    ),
    pytest.param(
        "parameters.toml",
        'value = "5 working days"',
        "value = true",
        ["parameters.toml notice-length.club-2020.value: expected a period, a fraction or a whole number, found True"],
        id="flag for a number",
    ),
    pytest.param(
        "parameters.toml",
        'value = "5 working days"',
        'value = "5 workdays"',
        ["rules/1.toml notice-long-enough: parameter 'notice-length': '5 workdays' is not a period"],
        id="no period",
    ),
    pytest.param(
        "parameters.toml",
        'value = "1/2"',
        'value = "1/0"',
        ["rules/1.toml quorum-met: parameter 'quorum': expected a fraction such as 1/2"],
        id="no fraction",
    ),
    pytest.param(
        "parameters.toml",
        "[guides]\nclub-2000 = { value = 2,",
        '[guides]\nclub-2000 = { value = "2",',
        ["rules/1.toml two-guides: parameter 'guides': expected a whole number, found '2'"],
        id="text for a number",
    ),
    pytest.param(
        "parameters.toml",
        "review_by = 2030-01-01",
        'review_by = "2030-01-01"',
        ["parameters.toml talk-limit.club-2020.review_by: expected a date such as 2026-05-11, found '2030-01-01'"],
        id="text for a date",
    ),
    pytest.param(
        "process.toml",
        'submission = "filing"',
        'submission = "ballot"\nby = "x"',
        ["process.toml gates.filing: unknown field(s): by"],
        id="unknown key of a gate",
    ),
    pytest.param(
        "process.toml",
        'entered_by = ["application"]',
        'entered_by = ["aplication"]',
        ["process.toml stages.applicant: there is no kind of record 'aplication'"],
        id="unknown kind of a stage",
    ),
    pytest.param(RULES, 'row = "C-6"', "row = C-6", ["rules/1.toml: is not TOML: "], id="broken TOML"),
    pytest.param(
        RULES,
        'row = "C-6"',
        'row = "C-6"\nrow = "C-7"',
        ["rules/1.toml: is not TOML: Cannot overwrite a value"],
        id="key twice",
    ),
]


def test_the_club_has_no_problem(problems: Problems) -> None:
    """What the other tests break is whole."""
    assert [] == problems()


@pytest.mark.parametrize(("file", "old", "new", "told"), BROKEN)
def test_tells_what_is_wrong_and_where(
    change: Change, problems: Problems, file: str, old: str, new: str, told: list[str]
) -> None:
    """The file, the key path, the value; and what else there is."""
    change(file, old, new)
    found = problems()

    for one in told:
        assert any(one in problem for problem in found), found


def test_tells_everything_at_once(change: Change, problems: Problems, folder: Path) -> None:
    """One reading finds every mistake that does not hide another."""
    chosen = [param for param in BROKEN if param.id not in _HIDING]
    for param in chosen:
        change(*param.values[:3])
    (folder / "rules" / "2.toml").write_text("[x", encoding="utf-8")
    found = problems()

    missed = [one for param in chosen for one in param.values[3] if not any(one in problem for problem in found)]
    assert [] == missed
    assert any("rules/2.toml: is not TOML" in problem for problem in found)


_HIDING = {
    # These change what another one changes, or leave out what another one is about.
    "no check",
    "two checks",
    "no citation",
    "dangling parameter",
    "unknown key of a check",
    "unknown key of a rule",
    "title in one language",
    "no path",
    "unknown field in a path",
    "unknown shape",
    "no day",
    "unknown act",
    "unknown strength",
    "unknown check",
    "unknown edition",
    "overlapping editions",
    "unknown key of an edition",
    "broken number",
    "flag for a number",
    "no period",
    "broken TOML",
    "key twice",
    "text for a date",
    "text for a number",
    "no fraction",
    "unknown kind in a path",
    "unknown key of a gate",
}


def test_a_rule_is_written_once(folder: Path, problems: Problems) -> None:
    """Two files that write the same rule are told apart."""
    (folder / "rules" / "2.toml").write_text((folder / RULES).read_text(encoding="utf-8"), encoding="utf-8")

    assert "rules/2.toml two-guides: this rule is already written in rules/1.toml" in problems()


def test_a_rule_that_is_written_twice_is_told_once(folder: Path, problems: Problems) -> None:
    """And not as if another ruleset had it."""
    text = (folder / RULES).read_text(encoding="utf-8")
    (folder / "rules" / "2.toml").write_text(text[: text.index("[two-guides]")], encoding="utf-8")

    assert ["rules/2.toml talk-in-time: this rule is already written in rules/1.toml"] == problems()


def test_a_value_that_one_parameter_lacks(folder: Path, change: Change, problems: Problems) -> None:
    """Else the rule would ask nothing in that edition, and nobody would know."""
    with (folder / "parameters.toml").open("a", encoding="utf-8") as file:
        file.write('\n[most]\nclub-2000 = { value = 3, article = "3", verified = "V1" }\n')
    change(RULES, 'at_most = "guides"', 'at_most = "most"')

    [problem] = problems()

    assert "two-guides.people: the parameter 'most' has no value in club-2020, in which 'guides' has one" in problem


def test_what_a_rule_cites_must_be_one_of_its_editions(change: Change, problems: Problems) -> None:
    """A misspelt edition would lose its article."""
    change(RULES, 'row = "C-1"', 'row = "C-1"\ncites = { club-2002 = { article = "8", verified = "C" } }')

    assert [
        "rules/1.toml talk-in-time.cites: the rule has no body in club-2002 (did you mean 'club-2020'?)"
    ] == problems()


def test_an_empty_folder_holds_no_ruleset(tmp_path: Path) -> None:
    """A folder named by mistake is no sound ruleset."""
    with pytest.raises(InvalidRuleset, match=r"holds no ruleset \(expected rules/\*\.toml\)"):
        load_ruleset(tmp_path, ruleset_id="x", version="1")


@pytest.mark.parametrize("file", ["kinds.toml", "parameters.toml", "regulations.toml", "process.toml"])
def test_a_file_without_tables_is_no_crash(folder: Path, problems: Problems, file: str) -> None:
    """Plain values where tables are wanted are problems like others."""
    (folder / file).write_text('x = 5\nstages = 5\ny = ["a"]\n', encoding="utf-8")

    assert [] != [problem for problem in problems() if problem.startswith(file)]


def test_a_file_that_is_not_utf_8(folder: Path, problems: Problems) -> None:
    """It cannot be TOML."""
    (folder / "kinds.toml").write_bytes(b'x = "\xd6\xd0"')

    assert any(problem.startswith("kinds.toml: is not TOML: 'utf-8' codec") for problem in problems())


BAD_CASE = '[[two-guides]]\nsays = 5\nas_of = "soon"\n'


def test_cases_are_read_when_somebody_asks(folder: Path) -> None:
    """They judge nobody: rules with a bad case load, and whoever asks for the cases is told all that is wrong."""
    (folder / "cases" / "2.toml").write_text(BAD_CASE, encoding="utf-8")
    ruleset = load_ruleset(folder, ruleset_id="club", version="1")

    with pytest.raises(InvalidRuleset) as told:
        list(ruleset.cases)

    assert [
        "cases/2.toml two-guides[0].says: expected text, found 5",
        "cases/2.toml two-guides[0].as_of: expected a date such as 2026-05-11, found 'soon'",
        "cases/2.toml two-guides[0].dossier: required field missing",
        "cases/2.toml two-guides[0].expect: required field missing",
    ] == [str(problem).replace(f"{folder}/", "") for problem in told.value.problems]


def test_what_is_wrong_in_rules_and_cases_is_told_at_once(folder: Path, change: Change) -> None:
    """Nobody is told of the cases only after having repaired the rules."""
    (folder / "cases" / "2.toml").write_text("[[", encoding="utf-8")
    change(RULES, 'row = "C-1"', "row = 1")

    with pytest.raises(InvalidRuleset) as told:
        load_ruleset(folder, ruleset_id="club", version="1")

    assert ["rules/1.toml talk-in-time.row", "cases/2.toml"] == [
        problem.where.removeprefix(f"{folder}/") for problem in told.value.problems
    ]


def test_the_cases_of_several_rulesets_are_told_at_once(folder: Path) -> None:
    """All that is wrong with any of them."""
    (folder / "cases" / "2.toml").write_text(BAD_CASE, encoding="utf-8")
    one, other = (load_ruleset(folder, ruleset_id=name, version="1") for name in ("club", "other"))

    with pytest.raises(InvalidRuleset) as told:
        cases_of([one, other])

    assert 8 == len(told.value.problems)


def test_the_digest_is_over_the_cases_too(folder: Path) -> None:
    """Though they are not read for it."""
    before = load_ruleset(folder, ruleset_id="club", version="1").sha256
    (folder / "cases" / "2.toml").write_text(BAD_CASE, encoding="utf-8")

    assert before != load_ruleset(folder, ruleset_id="club", version="1").sha256


def test_the_digest_changes_with_every_file(folder: Path, change: Change) -> None:
    """Reports name it, so that nobody mistakes one law for another."""
    before = load_ruleset(folder, ruleset_id="club", version="1").sha256
    change("parameters.toml", "5 working days", "6 working days")

    assert before != load_ruleset(folder, ruleset_id="club", version="1").sha256


def test_a_folder_named_like_a_file_is_no_crash(folder: Path, problems: Problems) -> None:
    """It is no ruleset file, whatever it is called."""
    (folder / "rules" / "old.toml").mkdir()

    [problem] = problems()

    assert problem.startswith("rules/old.toml: is not TOML: ")


def test_a_text_among_words_is_no_list_of_letters(folder: Path, problems: Problems) -> None:
    """One word where several are wanted is not taken for its letters."""
    kinds = (folder / "kinds.toml").read_text(encoding="utf-8")
    (folder / "kinds.toml").write_text(kinds.replace('["not-passed"]', '"not-passed"'), encoding="utf-8")

    assert [] != problems()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("process.toml", 'submission = "filing"', 'submission = "flying"'),
        ("kinds.toml", 'stand_in = "recorded-ballot"', 'stand_in = "recorded-bullet"'),
    ],
)
def test_a_dangling_kind_is_no_crash(change: Change, problems: Problems, file: str, old: str, new: str) -> None:
    """A gate or a kind that names a kind which is not there is told with its place."""
    change(file, old, new)

    assert any("there is no kind of record" in problem for problem in problems())


def test_a_value_for_an_edition_that_does_not_exist(change: Change, problems: Problems) -> None:
    """A misspelt edition must not make a rule silently ask nothing."""
    change(
        "parameters.toml",
        '[guides]\nclub-2000 = { value = 2, article = "3", verified = "V1" }\nclub-2020',
        '[guides]\nclub-2000 = { value = 2, article = "3", verified = "V1" }\nclub-2002',
    )

    assert any("club-2002" in problem for problem in problems())


def test_a_misspelt_edition_is_told_where_a_rule_needs_two_values(folder: Path, problems: Problems) -> None:
    """Also where another parameter of the rule knows the edition."""
    with (folder / "parameters.toml").open("a", encoding="utf-8") as file:
        file.write('\n[most]\nclub-2000 = { value = 3, article = "3", verified = "V1" }\n')
        file.write('club-2002 = { value = 3, article = "3", verified = "V1" }\n')
    text = (folder / RULES).read_text(encoding="utf-8")
    (folder / RULES).write_text(text.replace('at_most = "guides"', 'at_most = "most"'), encoding="utf-8")

    assert any("club-2002" in problem for problem in problems())


def test_lists_the_parameters_of_a_check_in_order() -> None:
    """Their articles are cited in this order."""
    check = Within(limit="a", start=("x",), end=("y",), extended="b", if_stated=("z.reason",))

    assert ("a", "b") == parameters_of(check)


def test_a_manual_check_names_the_numbers_that_a_person_goes_by() -> None:
    """They are parameters of the rule as those of a check that measures are."""
    assert ("a", "b") == parameters_of(Manual((Text("属实", "it is true"),), ("a", "b")))
