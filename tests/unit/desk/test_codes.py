"""Registration codes: made, tried, used, revoked."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs
import pytest

from devrules.desk.codes import ALPHABET, GROUP, GROUPS, check_code, digest_of, fault_of, make_code, normal, revoke, use
from devrules.desk.ports import Code
from devrules.errors import UsageError

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


def made(**changed: Any) -> tuple[str, Code]:
    given = {"by": "admin", "now": NOW, "lifetime": HALF_AN_HOUR, "single": True, **changed}
    return make_code("b1", **given)


def test_a_code_says_for_whom_by_whom_and_until_when() -> None:
    """It begins unused, in version 0."""
    _, code = made(dossier="d1")

    assert ("b1", "admin", "d1", True) == (code.branch, code.by, code.dossier, code.single)
    assert (NOW, NOW + HALF_AN_HOUR) == (code.made, code.expires)
    assert ("unused", 0) == (code.status(NOW), code.version)


def test_a_secret_is_in_four_groups_to_read_aloud() -> None:
    """No letter in it is taken for another, or for a digit."""
    secrets = [made()[0] for _ in range(200)]

    assert {GROUPS} == {len(secret.split("-")) for secret in secrets}
    assert set("".join(secrets)) - {"-"} <= set(ALPHABET)
    assert set(ALPHABET).isdisjoint("0O1ILoil")


def test_a_secret_cannot_be_guessed() -> None:
    """Over 60 bits of chance; that is why its hash needs neither salt nor pepper."""
    assert math.log2(len(set(ALPHABET))) * GROUPS * GROUP > 60


def test_no_two_codes_are_alike() -> None:
    """Neither by id nor by secret."""
    codes = [made() for _ in range(200)]

    assert 200 == len({secret for secret, _ in codes}) == len({code.id for _, code in codes})


def test_the_secret_is_not_kept() -> None:
    """Only its hash is; nor does the id tell anything of it."""
    secret, code = made()

    kept = str(attrs.astuple(code)).upper()
    assert digest_of(secret) == code.digest
    assert secret not in kept
    assert normal(secret) not in kept


@pytest.mark.parametrize(
    "typed",
    ["ABCD-2345", "abcd2345", " ab cd 23 45\n", "ＡＢＣＤ－２３４５", "ABCD—2345", "abcd\u200b2345", "A.B.C.D/2345"],
)
def test_it_does_not_matter_how_it_is_typed(typed: str) -> None:
    """Capitals, spaces, dashes and full-width letters."""
    assert digest_of("ABCD-2345") == digest_of(typed)


def test_half_a_character_is_only_another_code() -> None:
    """What no encoding can write is refused like every other wrong code."""
    assert digest_of("ABCD") != digest_of("ABC\ud800") == digest_of("ABC")


def test_a_code_can_be_used() -> None:
    """As typed by a person, up to the last moment."""
    secret, code = made()

    assert check_code(code, secret.lower(), NOW) is None
    assert check_code(code, secret, code.expires - timedelta(microseconds=1)) is None


def test_a_code_that_is_not_there_is_unknown() -> None:
    """So is one whose secret is another, should a store give it."""
    _, code = made()

    assert "unknown" == check_code(None, "ABCD", NOW)
    assert "unknown" == check_code(code, "ABCD", NOW)


def test_a_code_expires() -> None:
    """From that moment on."""
    secret, code = made()

    assert "expired" == check_code(code, secret, code.expires)


def test_a_code_for_a_single_use_is_used_once() -> None:
    """It counts, says when, and is a new version; the old value stays as it is."""
    _, code = made()

    used = use(code, NOW)

    assert (1, NOW, 1) == (used.uses, used.used, used.version)
    assert "used" == fault_of(used, NOW)
    assert "used" == fault_of(used, code.expires)
    assert ("activated", "unused") == (used.status(NOW), code.status(NOW))
    with pytest.raises(UsageError, match=f"{code.id} is used"):
        use(used, NOW)


def test_a_code_for_many_is_used_by_many_while_it_is_valid() -> None:
    """The image of a branch."""
    _, code = made(single=False)

    twice = use(use(code, NOW), NOW)

    assert (2, 2) == (twice.uses, twice.version)
    assert fault_of(twice, NOW) is None
    with pytest.raises(UsageError, match="is expired"):
        use(twice, code.expires)


def test_a_revoked_code_is_refused() -> None:
    """Even after it would have expired."""
    secret, code = made()

    revoked = revoke(code, NOW)

    assert (NOW, 1) == (revoked.revoked, revoked.version)
    assert "revoked" == check_code(revoked, secret, NOW) == check_code(revoked, secret, code.expires)
    with pytest.raises(UsageError, match="is revoked"):
        use(revoked, NOW)


def test_what_was_used_stays_used() -> None:
    """Revoking it would hide from the history that it was."""
    _, code = made()

    with pytest.raises(UsageError, match="is used"):
        revoke(use(code, NOW), NOW)


def test_a_code_for_a_dossier_is_for_one_person() -> None:
    """Two people cannot register for one dossier."""
    with pytest.raises(UsageError, match="for one person"):
        made(dossier="d1", single=False)


@pytest.mark.parametrize("lifetime", [timedelta(), timedelta(minutes=-1)])
def test_a_code_must_live_for_a_while(lifetime: timedelta) -> None:
    """One that is expired when it is made is a mistake."""
    with pytest.raises(UsageError, match="longer lifetime"):
        made(lifetime=lifetime)
