"""Problems of a dossier, without the names and numbers of people: errors go to logs, too."""

from __future__ import annotations

import re

import attrs

from devrules.errors import Problem
from devrules.mask import mask_name, mask_text

_WHOLE = re.compile(r"\$\.(person|members?)(\[\d+\])?")
_NAMED = re.compile(r"\.(name|id_number|phone|talker|host|recorder)(\[\d+\])*")
_OF_PEOPLE = re.compile(r"\$\.(person|members?)\b")
_VALUE = re.compile(r"(?<=found ).*|^'.*?'", re.DOTALL)
_WORD = re.compile(r"\w+")
_CHINESE = re.compile(r"[\u3400-\u9fff·]+")


def masked(problem: Problem, path: str) -> Problem:
    """
    Make the value that *problem* shows unreadable, if it may be someone's name, ID or telephone number.

    Args:
        problem: What is wrong.
        path: The path of the value in the dossier.
    """
    if _WHOLE.fullmatch(path) or _NAMED.search(path):
        hidden = _WORD
    elif _OF_PEOPLE.match(path):
        hidden = _CHINESE  # a name in the wrong place
    else:
        return problem
    return attrs.evolve(problem, what=_VALUE.sub(lambda value: _hide(value.group(), hidden), problem.what))


def _hide(value: str, hidden: re.Pattern[str]) -> str:
    return mask_text(hidden.sub(lambda found: mask_name(found.group()), value))
