"""Chinese numerals below one hundred, both ways."""

from __future__ import annotations

DIGITS = "〇一二三四五六七八九"

_BELOW = 100


def numeral(number: int) -> str:
    """
    Write a number in Chinese numerals.

    Args:
        number: A number that is not negative.

    Returns:
        ``十八`` for 18; figures from one hundred on, where numerals are no longer easier to read.
    """
    if number >= _BELOW:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return DIGITS[ones] if ones else "零"
    # Ten is 十, not 一十; twenty is 二十, not 二十〇.
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


# The numerals in which the days of a month are counted; 廿 and 卅 belong to the lunar calendar and stay out.
VALUES = {numeral(number): number for number in range(1, _BELOW)}
