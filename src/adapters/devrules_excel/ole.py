"""The container of old Office files: which streams it holds, and what stands in one."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

_SMALL, _LARGE, _LARGE_SHIFT = 512, 4096, b"\x0c\x00"
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
_IN_HEADER = 109
_NAME_BYTES = 64


def stream_names(data: bytes) -> list[str]:
    """List the streams and folders of a container; empty for one that is damaged."""
    return [name for name, _, _ in _entries(data)]


def stream(data: bytes, names: Sequence[str]) -> bytes | None:
    """Give the content of the first stream with one of these names; ``None`` where there is none, or a small one."""
    for name, start, size in _entries(data):
        if name in names:
            return _chain(data, start)[:size]
    return None


def _entries(data: bytes) -> Iterator[tuple[str, int, int]]:
    directory = _chain(data, _number(data, 0x30))
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", directory, at + _NAME_BYTES)[0]
        if 2 <= length <= _NAME_BYTES:  # noqa: PLR2004  # the name ends in a character of two noughts
            name = directory[at : at + length - 2].decode("utf-16-le", "replace")
            yield name, _number(directory, at + 0x74), _number(directory, at + 0x78)


def _chain(data: bytes, sector: int) -> bytes:
    """Put the sectors of a stream together; a chain that runs in a circle or out of the file ends."""
    size = _LARGE if data[0x1E:0x20] == _LARGE_SHIFT else _SMALL
    table = _table(data, size)
    parts: list[bytes] = []
    while sector < min(len(table), _LAST_SECTOR) and len(parts) <= len(table):
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
    return b"".join(parts)


def _table(data: bytes, size: int) -> list[int]:
    """Read the table that says which sector follows which."""
    listed = [_number(data, 0x4C + 4 * n) for n in range(_IN_HEADER)]
    more, steps = _number(data, 0x44), 0
    while more < _LAST_SECTOR and steps <= len(data) // size:
        block = data[(more + 1) * size : (more + 2) * size]
        numbers = [_number(block, at) for at in range(0, len(block) - 3, 4)]
        listed += numbers[:-1]
        more, steps = (numbers[-1] if numbers else _LAST_SECTOR), steps + 1
    blocks = [data[(sector + 1) * size : (sector + 2) * size] for sector in listed if sector < _LAST_SECTOR]
    return [number for block in blocks if len(block) == size for (number,) in struct.iter_unpack("<I", block)]


def _number(data: bytes, at: int) -> int:
    return struct.unpack_from("<I", data, at)[0] if at + 4 <= len(data) else _LAST_SECTOR
