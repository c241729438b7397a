"""Messages reach those who are to hear of it, wherever they are."""

from __future__ import annotations

import devrules
from devrules import Actor
from devrules.dossier.model import Organisation


def test_the_branch_to_which_a_person_goes_hears_of_it(rules: devrules.Rules) -> None:
    """And nobody else's branch; the name is masked."""
    desk = devrules.Desk.open("memory:", rules=rules)
    leaving, receiving, other = (Actor(one, "branch", one) for one in ("b1", "b2", "b3"))
    dossier = desk.begin(leaving, {"name": "张三"}).dossier

    desk.do(leaving, dossier, "hand-over", branch=Organisation(id="b2"))

    assert (0, 1, 0) == tuple(len(desk.inbox(one)) for one in (leaving, receiving, other))
    [message] = desk.inbox(receiving)
    assert "转来" in message.text
    assert "张三" not in message.text
    desk.do(receiving, dossier, "take-over")
    desk.close()
