"""``devrules desk attachment`` and ``form``: files that come out of the desk."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from devrules.cli import exits, options
from devrules.cli.desk_options import Seat, add_common, add_day, dossier_of, seated
from devrules.cli.desk_words import put, put_json
from devrules.desk.attachments import safe_name
from devrules.desk.forms import Form, cultivation_form, to_docx, to_html
from devrules.dossier.shapes import Attachment
from devrules.errors import StoreFailure, UsageError


def add(commands: Any) -> None:
    """Add the commands."""
    said = "write an attachment into a file, as it was put in"
    attachment = commands.add_parser("attachment", help=said, description=said)
    attachment.add_argument("name", metavar="NAME", help="its name, or the beginning of its hash")
    attachment.add_argument("dossier", nargs="?", metavar="DOSSIER")
    attachment.add_argument("--out", type=Path, metavar="FILE", help="default: its own name, in this folder")
    add_common(attachment)
    attachment.set_defaults(go=run_attachment)
    said = "write the activist's registration form 考察登记表; it is not masked"
    form = commands.add_parser("form", help=said, description=said)
    form.add_argument("dossier", nargs="?", metavar="DOSSIER")
    form.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .docx or .html")
    add_day(form)
    add_common(form)
    form.set_defaults(go=run_form)


def run_attachment(chosen: Namespace) -> int:
    """Write an attachment into a file."""
    with seated(chosen) as seat:
        which = dossier_of(seat, chosen.dossier)
        found = _attachment(seat, which, chosen.name)
        content = seat.desk.attachment(seat.actor, which, found.digest or "")
        target = chosen.out or Path(safe_name(found.name))
        _write(target, content, new=chosen.out is None)
        _put_written(seat, target, len(content))
    return exits.CLEAN


def run_form(chosen: Namespace) -> int:
    """Write the form of a dossier."""
    writers: dict[str, Callable[[Form], bytes]] = {".docx": to_docx, ".html": lambda form: to_html(form).encode()}
    writer = writers.get(chosen.out.suffix.lower())
    if writer is None:
        raise UsageError(f"{chosen.out}: a form is a .docx or an .html")
    with seated(chosen) as seat:
        dossier = seat.desk.dossier(seat.actor, dossier_of(seat, chosen.dossier))
        content = writer(cultivation_form(dossier, seat.law.kinds, options.as_of(chosen)))
        _write(chosen.out, content, new=False)
        _put_written(seat, chosen.out, len(content))
    return exits.CLEAN


def _attachment(seat: Seat, dossier: str, name: str) -> Attachment:
    """Find the attachment that is meant; the same file may be named by several records."""
    there = seat.desk.dossier(seat.actor, dossier).records.values()
    named = [one for records in there for record in records for one in record.attachments if one.digest]
    found = {one.digest: one for one in named if one.name == name or (one.digest or "").startswith(name)}
    if len(found) != 1:
        listed = ", ".join(f"{one.name} ({(one.digest or '')[:8]})" for one in named) or "none"
        many = "several attachments are" if found else "no attachment is"
        raise UsageError(f"{many} called {name!r}; there are: {listed}")
    return next(iter(found.values()))


def _write(path: Path, content: bytes, *, new: bool) -> None:
    try:
        with path.open("xb" if new else "wb") as file:
            file.write(content)
    except FileExistsError as error:
        raise UsageError(f"{path} is there already: state another file with --out") from error
    except OSError as error:
        raise StoreFailure(f"{path}: cannot be written: {error.strerror}") from error


def _put_written(seat: Seat, path: Path, size: int) -> None:
    if seat.json:
        put_json({"file": str(path), "bytes": size})
    else:
        put(seat.say(f"已写入 {path}（{size:,} 字节）", f"written: {path} ({size:,} bytes)"))


__all__ = ["add"]
