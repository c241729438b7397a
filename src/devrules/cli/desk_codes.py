"""``devrules desk code …`` and ``register``: registration codes, made, listed, revoked, used."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs

from devrules.cli import exits, options
from devrules.cli.desk_fields import add_fields, read_stated
from devrules.cli.desk_options import Seat, add_common, dossier_of, seated
from devrules.cli.desk_words import SHORT, begun, put, put_json, show_table
from devrules.days import first_moment
from devrules.desk import qr
from devrules.desk.code_history import history
from devrules.desk.ports import Code
from devrules.dossier.model import Person
from devrules.errors import StoreFailure, UsageError
from devrules.mask import mask_text

_HEADINGS = {
    "编号": "id",
    "种类": "kind",
    "状态": "status",
    "生成": "made",
    "失效": "expires",
    "使用": "used",
    "次数": "uses",
    "生成人": "by",
}


def add(commands: Any) -> None:
    """Add the commands."""
    group = commands.add_parser("code", help="registration codes 注册串码、二维码", description="注册串码、二维码")
    codes = group.add_subparsers(required=True, metavar="COMMAND")
    make = _add(codes, "make", run_make, "make a code for one applicant 串码; it is shown this once")
    make.add_argument("--for", dest="dossier", metavar="DOSSIER", help="the dossier that was opened for them")
    many = _add(codes, "many", run_many, "make the code of the branch for several applicants 二维码, for a short time")
    many.add_argument("--image", type=Path, metavar="FILE", help="draw it into this file, .svg or .png")
    many.add_argument("--address", metavar="URL", help=f"what the image says, with {qr.PLACE} where the code belongs")
    listed = _add(codes, "list", run_list, "list the codes of the branch 历史串码记录")
    listed.add_argument("--from", dest="made_from", type=options.day, metavar="DAY", help="made on this day or later")
    listed.add_argument("--until", dest="made_until", type=options.day, metavar="DAY", help="made before this day")
    revoked = _add(codes, "revoke", run_revoke, "revoke a code 作废")
    revoked.add_argument("code", metavar="ID", help="its id, or the beginning of it (devrules desk code list)")
    register = _add(commands, "register", run_register, "use a code: the applicant gets an account and a dossier 激活")
    register.add_argument("code", metavar="CODE", help="what the applicant typed or scanned")
    register.add_argument("--account", required=True, metavar="ID", help="the account of the applicant")
    add_fields(register, "person")


def _add(commands: Any, name: str, run: Any, said: str) -> ArgumentParser:
    parser: ArgumentParser = commands.add_parser(name, help=said, description=said)
    parser.set_defaults(go=run)
    add_common(parser)
    return parser


def run_make(chosen: Namespace) -> int:
    """Make a code for one applicant."""
    with seated(chosen) as seat:
        dossier = dossier_of(seat, chosen.dossier) if chosen.dossier else None
        _put_code(seat, *seat.desk.registration.make(seat.actor, dossier=dossier))
    return exits.CLEAN


def run_many(chosen: Namespace) -> int:
    """Make the code of a branch."""
    draw = _drawer(chosen.image)
    qr.payload("", chosen.address)
    with seated(chosen) as seat:
        secret, code = seat.desk.registration.make_for_many(seat.actor)
        _put_code(seat, secret, code)
        said = qr.payload(secret, chosen.address)
        if chosen.image is not None:
            _write(chosen.image, draw(said))
        elif not seat.json:
            put(qr.to_terminal(said))
    return exits.CLEAN


def run_list(chosen: Namespace) -> int:
    """List the codes of the branch."""
    with seated(chosen) as seat:
        codes = seat.desk.registration.codes(
            seat.actor, made_from=_moment(chosen.made_from), made_until=_moment(chosen.made_until)
        )
        now = options.now()
        if seat.json:
            put_json([_plain(seat, code, now) for code in codes])
        else:
            lines = history(codes, now)
            shown = zip(lines, codes, strict=True)
            rows = [
                (
                    line.id[:SHORT],
                    line.kind if seat.zh else "one" if code.single else "many",
                    line.status if seat.zh else code.status(now),
                    line.made,
                    line.expires,
                    line.used,
                    line.uses,
                    line.by if seat.unmask else mask_text(line.by),
                )
                for line, code in shown
            ]
            show_table(seat, _HEADINGS, rows)
    return exits.CLEAN


def run_revoke(chosen: Namespace) -> int:
    """Revoke a code."""
    with seated(chosen) as seat:
        which = begun(chosen.code, (one.id for one in seat.desk.registration.codes(seat.actor)))
        code = seat.desk.registration.revoke(seat.actor, which)
        if seat.json:
            put_json({"id": code.id, "status": code.status(options.now())})
        else:
            put(seat.say(f"已作废：{code.id}", f"revoked: {code.id}"))
    return exits.CLEAN


def run_register(chosen: Namespace) -> int:
    """Use a code; the id of the dossier is all that is printed."""
    person = read_stated(chosen.fields, Person, before={}, outcomes={}, what="person")
    with seated(chosen, acting=False) as seat:
        dossier = seat.desk.registration.register(chosen.code, account=chosen.account, person=person)
        if seat.json:
            put_json({"dossier": dossier, "account": chosen.account})
        else:
            put(dossier)
    return exits.CLEAN


def _plain(seat: Seat, code: Code, now: datetime) -> dict[str, Any]:
    by = code.by if seat.unmask else mask_text(code.by)
    return {**attrs.asdict(code), "by": by, "digest": None, "status": code.status(now)}


def _put_code(seat: Seat, secret: str, code: Code) -> None:
    """Print the secret on a line of its own, and on stderr what should be known of it."""
    until = history([code], options.now())[0].expires
    if seat.json:
        put_json({"code": secret, "id": code.id, "single": code.single, "expires": code.expires})
        return
    put(secret)
    options.complain(seat.say(f"只显示这一次，{until} 前有效", f"shown this once; valid until {until} in China"))


def _drawer(image: Path | None) -> Any:
    """Choose how to draw by the suffix, before a code is made."""
    drawers = {".svg": lambda said: qr.to_svg(said).encode(), ".png": qr.to_png}
    if image is not None and image.suffix.lower() not in drawers:
        raise UsageError(f"{image}: an image is an .svg or a .png")
    return drawers[image.suffix.lower()] if image else None


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise StoreFailure(f"{path}: cannot be written: {error.strerror}; the code is valid all the same") from error


def _moment(day: Any) -> datetime | None:
    return None if day is None else first_moment(day)


__all__ = ["add"]
