"""The HTML report in a browser: headless Chromium, where it is installed (Debian: the package ``chromium``)."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import devrules
from devrules.dossier.model import Dossier
from devrules.report.formats import How
from devrules.report.html_format import html_pieces
from devrules.report.impact_html import impact_html

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium, chromium-browser or google-chrome on the PATH")
HOSTILE = "</script><img src=x onerror=\"document.title='run'\">"

Browse = Callable[..., str]


@pytest.fixture
def page(audit: devrules.Audit) -> str:
    """The report of the two members."""
    return "".join(html_pieces(audit, How("en")))


@pytest.fixture
def browse(tmp_path: Path) -> Browse:
    """Opens a page in the browser, lets it rest, and gives what it became."""

    def dump(text: str, fragment: str = "") -> str:
        file = tmp_path / "report.html"
        file.write_text(text, encoding="utf-8")
        words = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000", "--dump-dom"]
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        done = subprocess.run(
            [str(BROWSER), *words, profile, f"{file.as_uri()}{fragment}"],
            capture_output=True,
            check=True,
            timeout=120,
        )
        return done.stdout.decode()

    return dump


def driven(page: str, script: str) -> str:
    """The page with another script at its end that its policy allows."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = page.replace("script-src ", f"script-src 'sha256-{digest}' ", 1)
    return allowed.replace("</body>", f"<script>{script}</script></body>")


def names(dom: str) -> list[str]:
    """Whom the list shows, in its order."""
    rows = re.search('<tbody id="rows">(.*?)</tbody>', dom, re.DOTALL)
    assert rows is not None
    return re.findall('<a href="#p[0-9]+">(.*?)</a>', rows[1])


def test_lists_people_the_worst_first(browse: Browse, page: str) -> None:
    """The script runs under the page's own policy."""
    dom = browse(page)

    assert ["@**", "张**"] == names(dom)
    assert "1–2 of 2" in dom


@pytest.mark.parametrize(
    ("script", "shown"),
    [
        (
            "const i = document.querySelector('input'); i.value = '第一支部'; i.dispatchEvent(new Event('input'));",
            ["@**"],
        ),
        (
            "const s = document.querySelector('select'); s.value = 'lampOff'; s.dispatchEvent(new Event('change'));",
            ["张**"],
        ),
        ("document.querySelector('th button').click();", ["@**", "张**"]),
        (
            "document.querySelector('th button').click(); document.querySelector('th button').click();",
            ["张**", "@**"],
        ),
        ("document.querySelector('tr.live[data-filter=rule]').click();", ["@**"]),
    ],
    ids=["text", "lamp", "sorted", "sorted back", "by a rule of the summary"],
)
def test_filters_and_sorts(browse: Browse, page: str, script: str, shown: list[str]) -> None:
    """At once, without a server."""
    assert shown == names(browse(driven(page, script)))


def test_shows_a_person(browse: Browse, page: str, audit: devrules.Audit) -> None:
    """The findings with messages and remedies, the records as a line of time."""
    person = browse(page, "#p1").partition('<article id="person">')[2]

    assert "<h2>@**</h2>" in person
    for finding in audit.reports[1].lamps:
        assert finding.message.en in person
        assert finding.remedy.en in person
    assert '<svg class="time"' in person
    assert ">2020-02</text>" in person


@pytest.mark.parametrize(
    ("script", "shown"),
    [
        ("", ["@**", "=**", "张**"]),
        (
            "const s = document.querySelector('select'); s.value = 'lampOn'; s.dispatchEvent(new Event('change'));",
            ["@**", "=**"],
        ),
        (
            "[...document.querySelectorAll('tr.live')].find(r => r.textContent.includes('held in time')).click();",
            ["@**", "=**"],
        ),
        (
            "for (const _ of [1, 2]) document.querySelector('#people th button').click();",
            ["张**", "=**", "@**"],
        ),
    ],
    ids=["all", "newly failing", "by a rule of the summary", "sorted back"],
)
def test_a_page_of_changes_filters_and_sorts(
    browse: Browse, club: devrules.Rules, member: Callable[..., Dossier], script: str, shown: list[str]
) -> None:
    """As that of an audit does."""
    dom = browse(driven(changes(club, member), script))

    assert shown == names(dom)
    assert "Newly failing" in dom


def test_a_page_of_changes_shows_a_person(browse: Browse, club: devrules.Rules, member: Callable[..., Dossier]) -> None:
    """What newly fails, with what it was before; then the other changes."""
    person = browse(changes(club, member), "#p1").partition('<article id="person">')[2]

    assert "<h2>@**</h2>" in person
    assert "pass → fail" in person
    assert "<b>Before: </b>" in person
    assert person.index("<h3>Newly failing</h3>") < person.index("<h3>Other changes</h3>")


def changes(club: devrules.Rules, member: Callable[..., Dossier]) -> str:
    """The page of what the new edition changes for three members."""
    people = {"张三丰": "2010-02-28", "@李四": "2010-03-12", "=王五": "2010-03-12"}
    dossiers = [
        member(id=name, person={"name": name}, application=[{"received": "2010-01-31"}], talk=[{"day": talk}])
        for name, talk in people.items()
    ]
    found = club.impact(dossiers, as_of=date(2021, 6, 1), from_="club-2000", to="club-2020")
    return "".join(impact_html(found, How("en")))


def test_runs_nothing_else(browse: Browse, page: str) -> None:
    """A script that somebody smuggled in is against the policy; the same one runs where the policy names it."""
    script = "document.title = 'run'"

    assert "<title>run</title>" not in browse(page.replace("</body>", f"<script>{script}</script></body>"))
    assert "<title>run</title>" in browse(driven(page, script))


@pytest.mark.parametrize("fragment", ["", "#p0"])
def test_what_others_wrote_stays_text(
    browse: Browse, club: devrules.Rules, member: Callable[..., Dossier], audit: devrules.Audit, fragment: str
) -> None:
    """In the list, and on the page of a person."""
    dossier = member(id=HOSTILE, person={"name": HOSTILE}, branch={"name": HOSTILE}, talk=[{"day": "2021-02-15"}])
    found = club.audit([dossier], as_of=audit.as_of)
    dom = browse("".join(html_pieces(found, How("en", unmask=True))), fragment)
    # What is loaded as data stands in the page as it was written; what is shown is what matters.
    shown = re.sub("<script.*?</script>", "", dom, flags=re.DOTALL)

    assert "<img" not in shown
    assert "&lt;/script&gt;&lt;img src=x" in shown
    assert "<title>run</title>" not in dom
