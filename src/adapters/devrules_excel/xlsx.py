"""The parts of an .xlsx to the cells that ended in an error; how far the sheets reach is checked on the way."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from devrules_excel.refusals import Errors, check_extent, check_texts, damaged

_PLACE = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br=["']([A-Za-z]{1,9})([0-9]{1,19})["'][^>]*(?<!/)>""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br=["']([0-9]{1,19})["'][^>]*(?<!/)>""")
_UNPLACED = re.compile(rb"""<(?:\w+:)?c(?=[\s>])(?![^>]*\br=)[^>]*(?<!/)>""")
_CELL = re.compile(rb"""<(?:\w+:)?c\s([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>""", re.DOTALL)
_REF = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,9})["']""")
_TYPE = re.compile(rb"""\bt=["'](\w+)["']""")
# These begin with one letter and look back, since a search for one letter is many times as fast.
# Beyond column AZ or row 99,999; nearer, a sheet is small enough, however few of its cells are filled. The xmlns:r that
# every sheet has is no place.
_FAR = re.compile(rb"""r(?<!:r)=["'][A-Za-z]{0,2}+(?:[A-Za-z]|[0-9]{6}|(?<=[B-Zb-z][A-Za-z]))""")
_FAILED = re.compile(rb"""e(?<=t=["']e)["']""")
_ANY_FORMULA = re.compile(rb"f(?<=[<:]f)")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")
_WORKBOOK = "xl/workbook.xml"
_TEXTS = "xl/sharedStrings.xml"
_COUNT = re.compile(rb"""uniqueCount=["']([0-9]+)""")
_RELATIONS = "xl/_rels/workbook.xml.rels"
_LETTERS = 26


def look_into(path: Path, archive: ZipFile) -> Errors:
    """
    Find the cells that ended in an error, or whose formula has no cached value.

    Raises:
        InvalidInput: When the parts do not fit together, or a sheet reaches too far.
    """
    if _TEXTS in archive.namelist():
        texts = archive.read(_TEXTS)
        for match in _COUNT.finditer(texts):
            check_texts(path, int(match[1]), len(texts))
    try:
        parts = list(_sheets(archive))
    except (ET.ParseError, LookupError, ValueError) as error:
        raise damaged(path, error) from error
    return {index: _errors(path, name, archive.read(part)) for index, (name, part) in enumerate(parts) if part}


def _sheets(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """Tell the name of each sheet and the part that holds it, in order."""
    relations = _parsed(archive, _RELATIONS)
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for element in _parsed(archive, _WORKBOOK).iter():
        if element.tag.endswith("}sheet"):
            ids = [value for key, value in element.attrib.items() if key.endswith("}id")]
            target = targets.get(ids[0], "") if ids else ""
            yield element.get("name", ""), _part(target) if "worksheets/" in target else ""


def _part(target: str) -> str:
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _parsed(archive: ZipFile, part: str) -> ET.Element:
    return ET.fromstring(archive.read(part))  # noqa: S314  # its size was checked, and expat refuses entity bombs


def _errors(path: Path, name: str, data: bytes) -> dict[tuple[int, int], str]:
    if _FAR.search(data):
        _check_extent(path, name, data)
    # Most ledgers have neither.
    if not _FAILED.search(data) and not _ANY_FORMULA.search(data):
        return {}
    return dict(_without_value(data))


def _check_extent(path: Path, name: str, data: bytes) -> None:
    rows = columns = filled = 0
    if _UNPLACED.search(data):
        # Such a cell stands in the row that holds it; a row of cells that are only formatted is nothing.
        rows = max((int(match[1]) for match in _ROW.finditer(data)), default=0)
    for match in _PLACE.finditer(data):
        rows = max(rows, int(match[2]))
        columns = max(columns, _column(match[1]))
        filled += 1
    check_extent(path, f"sheet {name!r}", rows, columns, filled)


def _without_value(data: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for attributes, content in _CELL.findall(data):
        place = _REF.search(attributes)
        kind = _TYPE.search(attributes)
        value = _VALUE.search(content)
        failed = kind is not None and kind[1] == b"e"
        # The empty text is a value; it is stored as such.
        uncalculated = value is None and kind is None and _FORMULA.search(content) is not None
        if place is not None and (failed or uncalculated):
            text = value[1].decode("utf-8", "replace") if value is not None else "="
            yield (int(place[2]) - 1, _column(place[1]) - 1), text


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + letter - ord("A") + 1
    return number
