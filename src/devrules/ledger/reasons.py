"""Why something was not understood, in Chinese and English, where more than one place says so."""

from __future__ import annotations


class NotUnderstood(ValueError):
    """
    A cell that cannot be read.

    Args:
        reason: Why, in Chinese and English.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


DESTROYED = "数字已被表格软件截断，原号码无法还原 / the number went through a spreadsheet's float and has lost figures"
FORMULA = "公式出错或没有缓存值 / the formula ended in an error or has no cached value"
EVERY_NEW_YEAR = "占位日期：本行各日期均为1月1日 / placeholder: every date of the row is a 1 January"
TOO_EARLY = "占位日期：早于1920年 / placeholder: a step before 1920"
DIFFER = "两列同指一项而值不同，均未采用 / two columns say different things of one field; neither is used"
BOTH_USED = "两列同名而值不同，均已采用 / the title stands twice with different values; both are used"
BIRTH_DIFFERS = (
    "与公民身份号码中的出生日期不符，两者之间的日期均视为可能 / "
    "the ID number has another day of birth; any day between the two is taken to be possible"
)
ROWS_DIFFER = "同一人的几行所写不同，均未采用 / rows of the same person differ here; none of them is used"
NAMES_DIFFER = "同一公民身份号码的几行姓名不同，未合并 / rows with this ID number have other names; they are not joined"
SEVERAL_FIT = "姓名、出生日期、支部与几人相同，未合并 / several people have this name, birth and branch; not joined"
SKIPPED = "按映射跳过的工作表 / a sheet that the mapping skips"
UNUSED = "认得的列，没有规则用到 / a known column of which no rule takes anything"
UNKNOWN_COLUMN = "未知的列 / unknown column"
UNTITLED = "列无标题 / the column has no title"
NOBODY = "有数据而无姓名和公民身份号码 / data without a name and without an ID number"
TOTAL = "合计行，不是人员 / a total, not a person"
MERGED_NOTE = "说明文字，不是人员 / a note across the row, not a person"
NO_HEADER = "前20行内没有认得的表头 / no header that is known within the first 20 rows"
