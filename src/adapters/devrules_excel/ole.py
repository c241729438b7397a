"""The container of old Office files: which streams it holds, and what stands in one."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_SMALL, _LARGE, _LARGE_SHIFT = 512, 4096, b"\x0c\x00"
_LAST_SECTOR = 0xFFFFFFFA
_FAR_AWAY = _LAST_SECTOR - 1
_ENTRY = 128
# Where it says how many sectors its tables have.
_COUNTS = (0x28, 0x2C, 0x40, 0x48)
_ENTRY_TYPE, _ROOT = 0x42, b"\x05"
# Streams that are shorter lie in sectors of 64 bytes, all of which are the stream of the root.
_MINI, _MINI_SECTOR = 4096, 64
_IN_HEADER = 109
_NAME_BYTES = 64


def stream_names(data: bytes) -> list[str]:
    """List the streams and folders of a container; empty for one that is damaged."""
    return [entry.name for entry in _entries(data)]


def is_unsound(data: bytes) -> bool:
    """
    Tell whether a container points out of itself or in circles, or says that it has more in it than it has.

    The library that reads it would take all the memory for what is not there, or never come to an end.
    """
    size = _LARGE if data[0x1E:0x20] == _LARGE_SHIFT else _SMALL
    most = len(data) // size + 1
    directory = _chain(data, _number(data, 0x30))
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory), _ENTRY)]
    used = [entry for entry in entries if entry[_ENTRY_TYPE : _ENTRY_TYPE + 1] != b"\0"]
    lengths = [int.from_bytes(entry[0x78 : 0x80 if size == _LARGE else 0x7C], "little") for entry in used]
    starts = [
        _number(entry, 0x74)
        for entry, length in zip(used, lengths, strict=True)
        if length >= _MINI or entry[_ENTRY_TYPE : _ENTRY_TYPE + 1] == _ROOT
    ]
    steps = [_number(data, 0x30), _number(data, 0x3C), *starts, *_table(data, size)]
    small = _numbers(_chain(data, _number(data, 0x3C)))
    return (
        any((sector + 2) * size > len(data) for sector in _tables(data, size))
        or any(count > most for count in (*(_number(data, at) for at in _COUNTS), *_tables(data, size)))
        or any(length > len(data) for length in lengths)
        or _leads_astray(steps, most)
        or _leads_astray(small, most * size // _MINI_SECTOR)
    )


def _leads_astray(steps: Sequence[int], most: int) -> bool:
    """Tell whether a step leads out of the file, or two of them to the same place, as every circle needs."""
    places = [place for place in steps if place < _LAST_SECTOR]
    return any(place > most for place in places) or len(set(places)) < len(places)


def stream(data: bytes, names: Sequence[str]) -> bytes | None:
    """Give the content of the first stream with one of these names; ``None`` where there is none."""
    found = next((entry for entry in _entries(data) if entry.name in names), None)
    if found is None:
        return None
    return (_chain if found.size >= _MINI else _small_chain)(data, found.start)[: found.size]


class _Entry(NamedTuple):
    """A stream or folder: its name, whether it is the root, where it begins and how long it is."""

    name: str
    is_root: bool
    start: int
    size: int


def _entries(data: bytes) -> Iterator[_Entry]:
    directory = _chain(data, _number(data, 0x30))
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", directory, at + _NAME_BYTES)[0]
        if 2 <= length <= _NAME_BYTES:  # noqa: PLR2004  # the name ends in a character of two noughts
            name = directory[at : at + length - 2].decode("utf-16-le", "replace")
            is_root = directory[at + _ENTRY_TYPE : at + _ENTRY_TYPE + 1] == _ROOT
            yield _Entry(name, is_root, _number(directory, at + 0x74), _number(directory, at + 0x78))


def _small_chain(data: bytes, sector: int) -> bytes:
    """Put the small sectors of a short stream together; a chain that runs in a circle or out of the root ends."""
    root = next((_chain(data, entry.start) for entry in _entries(data) if entry.is_root), b"")
    table = _numbers(_chain(data, _number(data, 0x3C)))
    parts: list[bytes] = []
    while sector < min(len(table), _LAST_SECTOR) and len(parts) <= len(root) // _MINI_SECTOR:
        parts.append(root[sector * _MINI_SECTOR : (sector + 1) * _MINI_SECTOR])
        sector = table[sector]
    return b"".join(parts)


def _chain(data: bytes, sector: int) -> bytes:
    """Put the sectors of a stream together; a chain that runs in a circle or out of the file ends."""
    size = _LARGE if data[0x1E:0x20] == _LARGE_SHIFT else _SMALL
    table = _table(data, size)
    parts: list[bytes] = []
    while sector < min(len(table), _LAST_SECTOR) and len(parts) <= len(data) // size:
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(parts)


def _table(data: bytes, size: int) -> list[int]:
    """Read the table that says which sector follows which."""
    blocks = [data[(sector + 1) * size : (sector + 2) * size] for sector in _tables(data, size)]
    return [number for block in blocks if len(block) == size for number in _numbers(block)]


def _tables(data: bytes, size: int) -> list[int]:
    """List the sectors that hold that table; a list that runs in a circle has more than the file."""
    listed = [_number(data, 0x4C + 4 * n) for n in range(_IN_HEADER)]
    more, steps = _number(data, 0x44), 0
    while more < _LAST_SECTOR and steps <= len(data) // size:
        block = data[(more + 1) * size : (more + 2) * size]
        numbers = [_number(block, at) for at in range(0, len(block) - 3, 4)]
        listed += numbers[:-1]
        more, steps = (numbers[-1] if numbers else _FAR_AWAY), steps + 1
    return [sector for sector in [*listed, more] if sector < _LAST_SECTOR]


def _numbers(block: bytes) -> list[int]:
    """Read the numbers of a table; the last one may be cut off."""
    return [number for (number,) in struct.iter_unpack("<I", block[: len(block) // 4 * 4])]


def _number(data: bytes, at: int) -> int:
    return struct.unpack_from("<I", data, at)[0] if at + 4 <= len(data) else _LAST_SECTOR
