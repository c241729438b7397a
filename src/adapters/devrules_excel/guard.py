"""A file to the certainty that it may be opened: it is what its name says, and nothing in it does harm."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from devrules.errors import InvalidInput
from devrules_excel import ods, xls, xlsb, xlsx
from devrules_excel.ole import stream_names
from devrules_excel.refusals import Errors, damaged, invalid, links, protected

MEGABYTE = 2**20
_MOST_UNPACKED = 512 * MEGABYTE
_SUSPICIOUS = 100 * MEGABYTE
_MOST_RATIO = 200

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_ZIP = b"PK"
_MACROS = ("vbaProject.bin", "xl/macrosheets/", "Basic/", "Scripts/")
_LINKS = ("xl/externalLinks/", "xl/connections")
_NO_MACROS = "save it as .xlsx without macros"


class _Archive(zipfile.ZipFile):
    """An archive that knows which parts were unpacked whole, and so are not damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._whole: set[str] = set()

    def read(self, name: str | zipfile.ZipInfo, pwd: bytes | None = None) -> bytes:
        data = super().read(name, pwd)
        self._whole.add(name if isinstance(name, str) else name.filename)
        return data

    def unpack_rest(self) -> None:
        """Unpack the other parts, to see whether they can be."""
        for name in set(self.namelist()) - self._whole:
            with self.open(name) as part:
                while part.read(MEGABYTE):
                    pass


def look_over(path: Path) -> Errors:
    """
    Look a workbook over before it is opened.

    Returns:
        The cells that ended in an error, which the library that reads the workbook does not tell from blank ones.

    Raises:
        InvalidInput: When it may not be opened; names the file and what to do.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(len(_OLE))
    except OSError as error:
        raise invalid(path, f"cannot be read: {error.strerror}") from error
    if not magic:
        raise invalid(path, "is empty: it has no bytes", "choose the workbook that holds the ledger")
    if path.suffix.lower() == ".xls":
        return _look_over_xls(path, magic)
    return _look_over_zip(path, magic)


def _look_over_xls(path: Path, magic: bytes) -> Errors:
    if magic.startswith(_ZIP):
        raise invalid(path, "is no .xls: it is a newer workbook under that name", "rename it to .xlsx")
    if magic != _OLE:
        raise invalid(path, "is no .xls, but text or a web page under that name", "open it and save it as .xlsx")
    return xls.look_into(path)


def _look_over_zip(path: Path, magic: bytes) -> Errors:
    if magic == _OLE:
        raise _ole_under_other_name(path)
    if not magic.startswith(_ZIP):
        what = f"is no {path.suffix.lower()}: it begins with other bytes"
        raise invalid(path, what, "open it and save it as .xlsx")
    try:
        with _Archive(path) as archive:
            _check_sizes(path, archive.infolist())
            _check_names(path, archive.namelist())
            look_into = {".ods": ods.look_into, ".xlsb": xlsb.look_into}.get(path.suffix.lower(), xlsx.look_into)
            errors = look_into(path, archive)
            archive.unpack_rest()
            return errors
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, KeyError, ValueError) as error:
        raise damaged(path, error) from error
    except RuntimeError as error:
        raise protected(path) from error


def _ole_under_other_name(path: Path) -> InvalidInput:
    names = stream_names(path.read_bytes())
    if "EncryptedPackage" not in names and {"Workbook", "Book"} & set(names):
        return invalid(path, "is an old .xls workbook under another name", "rename it to .xls")
    return protected(path)


def _check_sizes(path: Path, parts: Sequence[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if unpacked > _MOST_UNPACKED or (unpacked > _SUSPICIOUS and unpacked > _MOST_RATIO * packed):
        what = f"would unpack to {unpacked // MEGABYTE} MB from {packed / MEGABYTE:.1f} MB, as no ledger does"
        raise invalid(path, what, "copy the cells of the ledger into a new workbook")


def _check_names(path: Path, names: Sequence[str]) -> None:
    if any(mark in name for name in names for mark in _MACROS):
        raise invalid(path, "holds macros", _NO_MACROS)
    if any(name.startswith(_LINKS) for name in names):
        raise links(path)
