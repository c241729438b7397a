"""Registration: codes for one applicant, the code of a branch for many."""

from __future__ import annotations

from datetime import timedelta

import pytest
from portal import Portal

import devrules
from devrules.desk.codes import normal
from devrules.desk.qr import to_png, to_svg
from devrules.dossier.model import Person


def test_m01_the_branch_makes_a_random_code_for_one_applicant(portal: Portal) -> None:
    """Codes differ, and none of them is kept: the file does not hold the secret."""
    secrets = {portal.desk.registration.make(portal.branch)[0] for _ in range(20)}
    portal.desk.close()
    kept = b"".join(path.read_bytes() for path in portal.folder.iterdir())

    assert 20 == len(secrets)
    assert not any(secret.encode() in kept or normal(secret).encode() in kept for secret in secrets)


def test_m01_only_a_branch_makes_codes(portal: Portal) -> None:
    """Not the committee, not an applicant."""
    for actor in (portal.committee, portal.applicant, portal.contact, portal.department):
        assert "role" in portal.refused(lambda actor=actor: portal.desk.registration.make(actor))  # type: ignore[misc]


def test_m02_the_applicant_activates_a_code_once(portal: Portal) -> None:
    """The first use opens a dossier in the branch; a second one is refused."""
    secret, _ = portal.desk.registration.make(portal.branch)
    dossier = portal.desk.registration.register(secret, account="a", person=Person(name="张三"))

    assert "张三" == portal.desk.dossier(portal.branch, dossier).person.name
    assert ("code",) == portal.refused(
        lambda: portal.desk.registration.register(secret, account="b", person=Person(name="李四"))
    )


def test_m02_an_unknown_expired_or_revoked_code_is_refused_in_the_same_words(portal: Portal) -> None:
    """Whoever tries learns nothing about the code."""
    register = portal.desk.registration.register
    revoked, code = portal.desk.registration.make(portal.branch)
    portal.desk.registration.revoke(portal.branch, code.id)
    expired, old = portal.desk.registration.make(portal.branch)
    said = []
    for secret, day in (("AAAA-BBBB-CCCC-DDDD", "2021-01-05"), (revoked, "2021-01-05"), (expired, "2021-06-01")):
        portal.on(day)
        with pytest.raises(devrules.Refused) as refused:
            register(secret, account="a", person=Person(name="张三"))
        said.append(str(refused.value))

    assert old.expires < portal.now()
    assert 1 == len(set(said))


def test_m02_a_code_cannot_be_guessed(portal: Portal) -> None:
    """After so many attempts even the right one is refused for a while."""
    secret, _ = portal.desk.registration.make(portal.branch)
    unmet = [
        portal.refused(
            lambda n=n: portal.desk.registration.register(f"{n:016}", account="a", person=Person(name="张三"))  # type: ignore[misc]
        )
        for n in range(12)
    ]

    assert ("code",) == unmet[0]
    assert ("often",) == unmet[-1]
    assert ("often",) == portal.refused(
        lambda: portal.desk.registration.register(secret, account="a", person=Person(name="张三"))
    )


def test_m03_the_history_of_codes_is_searched_by_time_and_shows_their_status(portal: Portal) -> None:
    """Unused, activated, expired and revoked."""
    registration = portal.desk.registration
    portal.on("2021-01-04")
    registration.make(portal.branch)
    portal.on("2021-03-01")
    used, _ = registration.make(portal.branch)
    registration.register(used, account="a", person=Person(name="张三"))
    _, code = registration.make(portal.branch)
    registration.revoke(portal.branch, code.id)
    _, fresh = registration.make(portal.branch)
    since = portal.now() - timedelta(hours=1)

    recent = registration.codes(portal.branch, made_from=since)
    assert {"activated", "revoked", "unused"} == {one.status(portal.now()) for one in recent}
    assert {"activated", "revoked", "unused", "expired"} == {
        one.status(portal.now()) for one in registration.codes(portal.branch)
    }
    assert fresh in recent
    assert () == registration.codes(portal.foreign)


def test_m04_several_applicants_register_with_the_code_of_the_branch_within_half_an_hour(portal: Portal) -> None:
    """It is shown as an image; all become applicants of this branch; later it is refused."""
    secret, code = portal.desk.registration.make_for_many(portal.branch)
    for account in ("a", "b", "c"):
        portal.desk.registration.register(secret, account=account, person=Person(name="张三"))

    assert timedelta(minutes=30) == code.expires - code.made
    assert to_png(secret).startswith(b"\x89PNG")
    assert "<svg" in to_svg(secret)
    assert 3 == len(portal.desk.find(portal.branch).rows)
    assert () == portal.desk.find(portal.sister).rows
    portal.on("2021-01-05")
    assert ("code",) == portal.refused(
        lambda: portal.desk.registration.register(secret, account="d", person=Person(name="张三"))
    )


def test_m04_the_branch_opens_the_account_first_and_makes_a_code_for_it(portal: Portal) -> None:
    """The code leads to the dossier that is there already, and to no other."""
    opened = portal.desk.begin(portal.branch, {"name": "张三"})
    secret, _ = portal.desk.registration.make(portal.branch, dossier=opened.dossier)

    assert opened.dossier == portal.desk.registration.register(
        secret, account="a", person=Person(name="张三", sex="女")
    )
    assert "女" == portal.desk.dossier(portal.branch, opened.dossier).person.sex
