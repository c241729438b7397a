"""Regulations, their editions, and the edition in force on a day."""

from __future__ import annotations

from datetime import date

import attrs

MARKS = {
    "V1": {"zh": "全文转录并有独立来源印证", "en": "full transcription and an independent second source"},
    "V2": {"zh": "仅见转录", "en": "the transcription alone"},
    "A": {"zh": "条号和文字均已见", "en": "article number and wording both seen"},
    "B": {"zh": "内容已见，条号为推断", "en": "content seen, article number inferred"},
    "C": {"zh": "通行说法，未见原文", "en": "common knowledge, unseen"},
}
"""How sure a citation is."""


@attrs.frozen
class Text:
    """The same thing said in Chinese and in English."""

    zh: str
    en: str

    def said(self, lang: str) -> str:
        """Give the text in *lang*, ``zh`` or ``en``."""
        return self.zh if lang == "zh" else self.en


@attrs.frozen
class Edition:
    """
    One edition of a regulation, in force from *in_force* until the day of the next one.

    *public* is the day on which its text could first be read, where that is later.
    """

    id: str
    zh: str
    en: str
    in_force: date
    source: str
    verified: str = attrs.field(validator=attrs.validators.in_(MARKS))
    number: str | None = None
    public: date | None = None


@attrs.frozen
class Regulation:
    """A regulation and its editions, the oldest first; *short* is what findings call it."""

    id: str
    zh: str
    en: str
    issuer: str
    short: Text
    editions: tuple[Edition, ...]

    def in_force(self, day: date) -> Edition | None:
        """Tell the edition in force on *day*, or ``None`` before the first that is encoded."""
        return next((edition for edition in reversed(self.editions) if edition.in_force <= day), None)


@attrs.frozen
class Citation:
    """
    Where something stands: the edition, the article, and how sure we are.

    *review_by* is the day by which somebody should look again.
    """

    edition: str
    article: str
    verified: str = attrs.field(validator=attrs.validators.in_(MARKS))
    review_by: date | None = None
