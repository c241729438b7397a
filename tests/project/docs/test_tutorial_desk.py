"""
The commands of the tutorial of the desk run, and print what the page shows. `tox -e docs` runs it.

A ``sh`` block must run without a complaint; in a ``console`` block each line after ``$`` must print what stands below
it, where ``...`` stands for anything. They run in this process, in seconds instead of minutes, by as much of a shell as
the page uses: ``export A=B``, ``name=$(command)``, ``name() { command "$@"; }``, ``cat > file <<'EOF'``, ``$name``,
comments and lines that go on after a backslash. A real shell is asked whether it reads the same text.
"""

from __future__ import annotations

import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import attrs
import pytest

import devrules
from devrules.cli import main, options

PAGE = Path(__file__).parents[3] / "docs" / "tutorial-desk.md"
BLOCK = re.compile(r"^```(?P<kind>sh|console)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)

_EXPORT = re.compile(r"export ((?:\w+=\S+ ?)+)")
_CAPTURE = re.compile(r"(\w+)=\$\((.+)\)")
_FUNCTION = re.compile(r"(\w+)\(\) \{ (.+); \}")
_FILE = re.compile(r"cat > (\S+) <<'EOF'\n(.*)\nEOF", re.DOTALL)
_NAME = re.compile(r"\$(\w+)")


@attrs.frozen
class Ran:
    """What a command printed, on stdout and on both, and its exit code."""

    out: str
    both: str
    code: int


@attrs.frozen
class Shell:
    """A shell in the current folder; exported names go to ``os.environ``, which the test restores."""

    names: dict[str, str] = attrs.field(factory=dict)
    functions: dict[str, list[str]] = attrs.field(factory=dict)

    def run(self, command: str) -> Ran:
        """Run one command."""
        if found := _EXPORT.fullmatch(command):
            for pair in shlex.split(self._expanded(found[1])):
                name, _, value = pair.partition("=")
                os.environ[name] = value
        elif found := _FILE.fullmatch(command):
            Path(found[1]).write_text(found[2] + "\n", encoding="utf-8")
        elif found := _FUNCTION.fullmatch(command):
            self.functions[found[1]] = shlex.split(found[2])
        elif found := _CAPTURE.fullmatch(command):
            ran = self._program(found[2])
            self.names[found[1]] = ran.out.strip()
            return attrs.evolve(ran, both=ran.both.removeprefix(ran.out))
        else:
            return self._program(command)
        return Ran("", "", 0)

    def _program(self, command: str) -> Ran:
        words = shlex.split(self._expanded(command), comments=True)
        body = self.functions.get(words[0], [words[0], "$@"])
        name, *arguments = [part for word in body for part in (words[1:] if word == "$@" else [word])]
        assert name == "devrules", f"the pages run devrules only, not {name}"
        out, both = io.StringIO(), io.StringIO()
        with redirect_stdout(_Both(out, both)), redirect_stderr(both):
            try:
                code = main(arguments)
            except SystemExit as left:
                code = int(left.code or 0)
        return Ran(out.getvalue(), both.getvalue(), code)

    def _expanded(self, command: str) -> str:
        return _NAME.sub(lambda found: self.names.get(found[1], os.environ.get(found[1], found[0])), command)


class _Both(io.StringIO):
    """Writes to two places."""

    def __init__(self, *places: io.StringIO) -> None:
        super().__init__()
        self._places = places

    def write(self, text: str) -> int:
        for place in self._places:
            place.write(text)
        return len(text)


def commands(text: str) -> Iterator[str]:
    """The commands of a script: continued lines joined, files whole, comments and empty lines left out."""
    lines = iter(text.replace("\\\n", " ").splitlines())
    for line in lines:
        whole = line
        if line.endswith("<<'EOF'"):
            for more in lines:
                whole += f"\n{more}"
                if more == "EOF":
                    break
        if whole.strip() and not whole.startswith("#"):
            yield whole


def dialogue(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a block with prompts (``$ ``), each with what it shall print."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        joined = part.replace("\\\n", " ")
        command, _, expected = joined.partition("\n")
        yield command, expected


def wrong_in(page: str) -> Iterator[str]:
    """Run the commands of a page, and yield what does not go as it says."""
    shell, checker = Shell(), doctest.OutputChecker()
    for block in BLOCK.finditer(page):
        if block["kind"] == "sh":
            for command in commands(block["text"]):
                ran = shell.run(command)
                if ran.code:
                    yield f"{command}\n{ran.both}"
        else:
            for command, expected in dialogue(block["text"]):
                ran = shell.run(command)
                if not checker.check_output(expected, ran.both, doctest.ELLIPSIS):
                    yield f"{command}\nexpected:\n{expected}\nprinted:\n{ran.both}"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded: Callable[..., devrules.Rules]) -> Path:
    """An empty folder, an environment that knows of no desk, and rules that are loaded once."""
    for name in [name for name in os.environ if name.startswith("DEVRULES_")]:
        monkeypatch.delenv(name)
    for name in ("DEVRULES_ORGANISATIONS", "DEVRULES_MEMBERS"):
        monkeypatch.setenv(name, "")  # what the page exports is gone after the test
    monkeypatch.setattr(options, "load", loaded)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_tutorial_goes_as_it_says(folder: Path) -> None:
    """From a code to a full member, every command in its order."""
    assert list(wrong_in(PAGE.read_text(encoding="utf-8"))) == []
    assert (folder / "devrules.db").is_file()


@pytest.mark.usefixtures("folder")
def test_a_wrong_output_is_noticed() -> None:
    """And a command that fails where nothing else is expected."""
    page = """
```console
$ devrules desk verify --lang en
the journals are ...
$ devrules desk verify --lang en
something else
```

```sh
# a comment
devrules desk list
```
"""
    first, second = wrong_in(page)

    assert "expected:\nsomething else\n\nprinted:\nthe journals are whole: no sign of tampering\n" in first
    assert second.startswith("devrules desk list\ndevrules: who acts?")


def test_a_real_shell_reads_the_tutorial() -> None:
    """What is run here by other means is a script all the same."""
    sh = shutil.which("sh")
    if sh is None:
        pytest.skip("there is no shell here")
    blocks = (block["text"] for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")))
    script = "\n".join(command for text in blocks for command in [*_all_commands(text)])

    read = subprocess.run([sh, "-n"], input=script, capture_output=True, check=False, encoding="utf-8")

    assert (0, "") == (read.returncode, read.stderr)


def _all_commands(text: str) -> Iterator[str]:
    yield from (command for command, _ in dialogue(text)) if text.startswith("$ ") else commands(text)
