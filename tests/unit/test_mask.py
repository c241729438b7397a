from __future__ import annotations

import pytest

from devrules.mask import mask_name, mask_number, mask_text


@pytest.mark.parametrize(("name", "masked"), [("张三", "张*"), ("欧阳娜娜", "欧***"), ("张", "张"), ("", "")])
def test_keeps_the_first_character_of_a_name(name: str, masked: str) -> None:
    """The branch knows who is meant, nobody else does."""
    assert masked == mask_name(name)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010119900101123X", "110*************3X"),
        ("13800138000", "138******00"),
        ("123456", "123*56"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_keeps_the_ends_of_a_number(number: str, masked: str) -> None:
    """Of a short one nothing is kept."""
    assert masked == mask_number(number)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证11010119900101123X有误", "身份证110*************3X有误"),
        ("11010119900101123x", "110*************3x"),
        ("13800138000、13900139000", "138******00、139******00"),
        ("2023-05-01", "2023-05-01"),
        ("20230501", "20230501"),
    ],
)
def test_finds_the_numbers_in_a_text(text: str, masked: str) -> None:
    """A day is too short to be one."""
    assert masked == mask_text(text)
