"""
The national rules as straight-line Python: a dossier and a day to one finding a rule.

The yardstick of the speed tests, written as one would write these rules by hand for speed: no rulesets, no programs, no
engines, every number in place. It knows what the rules know, imprecise days and missing records included.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from devrules.dossier.model import Dossier

from .baseline_records import (
    IN_FORCE_2014,
    IN_FORCE_2026,
    LAST_DAY,
    NO,
    YES,
    Ends,
    Interval,
    Records,
    Wanted,
    between,
    breaks,
    close,
    day_ends,
    exactly,
    first_known,
    holds,
    months_later,
    number_ends,
    on_a_holiday,
    rolled,
    worked,
)

PUBLIC_2026 = date(2026, 5, 18).toordinal()
IN_DOUBT_2018 = date(2018, 10, 28).toordinal()
NEAR_DAYS = 30
EDITIONS = (None, "xize-2014", "xize-2026")

APPLICATION, TALK, FILING, CONTACTS = ("application",), ("talk",), ("activist-filing",), ("contact-assignment",)
ACTIVIST, DISCUSSION = ("activist-decision", "recorded-activist-day"), ("prospect-discussion",)
CONSENT, NOTICE, PROSPECT = ("prospect-consent",), ("public-notice",), ("prospect-decision",)
SPONSORS, REVIEW, TRAINING = ("sponsor-assignment",), ("political-review",), ("training",)
PRE_EXAMINATION, MEETING, RECORDED = ("pre-examination",), ("general-meeting",), ("recorded-admission-day",)
SUBMISSION, APPROVAL, OATH = ("approval-submission",), ("approval",), ("oath",)
DECIDED = (*APPROVAL, "refused-approval")
CONVERSION_MEETING, EXTENSION = ("conversion-meeting",), ("extension",)
CONVERTED = ("conversion-approval", "recorded-full-member-day")
ADMISSION = MEETING + RECORDED
ACTIVIST_REVIEW = ("activist-review",)
SUBMITTED, DISCUSSED = SUBMISSION + ADMISSION, DISCUSSION + PROSPECT


class Finding(NamedTuple):
    """What a rule found."""

    rule: str
    verdict: str
    lamp: str
    notes: tuple[str, ...]
    edition: str | None
    article: str | None


class Rule(NamedTuple):
    """What is always the same about a rule: its article in no edition, in 2014, in 2026; the kinds that it reads."""

    id: str
    articles: tuple[str | None, str | None, str | None]
    kinds: tuple[str, ...]
    strength: str = "must"
    only_2026: bool = False


OF_AGE = Rule("of-age-when-applying", (None, "5", "5"), APPLICATION)
TALKED = Rule("talk-within-one-month", (None, "7", "7"), APPLICATION + TALK)
FILED = Rule("activist-filed-after-decision", (None, "8", "8"), ACTIVIST + FILING)
ONE_OR_TWO = Rule("contacts-one-or-two", (None, "9", "9"), CONTACTS)
CONTACTS_FULL = Rule("contacts-full-members", (None, "9", "9"), CONTACTS)
HALF_YEARS = Rule("review-every-half-year", (None, "11", "11"), ACTIVIST + ACTIVIST_REVIEW)
ONE_YEAR = Rule("cultivated-one-year", (None, "13", "13"), ACTIVIST + DISCUSSED)
AGREES = Rule("superior-agrees-after-discussion", (None, "13", "13"), DISCUSSION + CONSENT)
FIRST_2014 = Rule("superior-agrees-before-next-step", (None, "13", None), CONSENT + PROSPECT)
FIRST_2026 = Rule("superior-agrees-before-next-step", (None, None, "13"), CONSENT + NOTICE, only_2026=True)
FIVE_DAYS = Rule("notice-five-working-days", (None, None, "13"), NOTICE, only_2026=True)
LISTED = Rule("listed-after-notice", (None, None, "13"), NOTICE + PROSPECT, only_2026=True)
CLEAR = Rule("notice-without-objection", (None, None, "13"), NOTICE, only_2026=True)
TWO_SPONSORS = Rule("two-sponsors", (None, "14", "14"), SPONSORS)
SPONSORS_FULL = Rule("sponsors-full-members", (None, "14", "14"), SPONSORS)
SPONSORS_RIGHTS = Rule("sponsors-with-rights", (None, "14", "14"), SPONSORS)
REVIEWED = Rule("political-review-done", (None, "16", "16"), REVIEW)
REVIEW_COMPLETE = Rule("political-review-complete", (None, "16", "16"), REVIEW)
REVIEW_MATERIAL = Rule("political-review-material", (None, "16", "16"), REVIEW)
REVIEW_QUALIFIED = Rule("political-review-qualified", (None, "16", "16"), REVIEW)
TRAINED = Rule("training-long-enough", (None, "17", "17"), TRAINING, "should")
MET = Rule("meeting-within-one-month", (None, None, "19"), PRE_EXAMINATION + ADMISSION, only_2026=True)
QUORUM = Rule("quorum-at-general-meeting", (None, "20", "19"), MEETING)
MAJORITY = Rule("majority-at-general-meeting", (None, "21", "20"), MEETING)
ENTITLED = Rule("approved-by-entitled-committee", (None, "23", "22"), APPROVAL)
APPROVED = Rule("approved-within-three-months", (None, "26", "25"), SUBMITTED + DECIDED)
SWORN = Rule("oath-within-one-month", (None, None, "29"), APPROVAL + OATH, "should", only_2026=True)
PROBATION_START = Rule("probation-from-general-meeting", (None, "32", "31"), APPROVAL + ADMISSION)
PROBATION_END = Rule("probation-one-year", (None, "32", "31"), APPROVAL + ADMISSION)
AFTER_PROBATION = Rule("converted-after-probation", (None, "32", "31"), ADMISSION + CONVERSION_MEETING + EXTENSION)
ONCE = Rule("extended-once", (None, "32", "31"), EXTENSION)
EXTENDED = Rule("extended-half-to-one-year", (None, "32", "31"), EXTENSION)
MEMBER_SINCE = Rule("membership-from-end-of-probation", (None, "34", "33"), CONVERTED + ADMISSION + EXTENSION)
RULES = tuple(one for one in list(globals().values()) if isinstance(one, Rule))


def judge(dossier: Dossier, as_of: date) -> list[Finding]:
    """Judge a dossier by the national rules."""
    records = Records(dossier, as_of.toordinal())
    sheet = Sheet(records, dossier.blank_kinds)
    return [
        *_applicant(records, sheet, dossier.person.birth and day_ends(dossier.person.birth)),
        *_activist(records, sheet),
        *_prospect(records, sheet),
        *_sponsors(records, sheet),
        *_review(records, sheet),
        *_meeting(records, sheet),
        *_approval(records, sheet),
        *_conversion(records, sheet),
    ]


class Sheet:
    """Writes findings."""

    def __init__(self, records: Records, blank: frozenset[str]) -> None:
        self.as_of, self.later, self.blank = records.as_of, records.later, blank

    def finding(  # noqa: PLR0913  # one sort of note, one argument
        self,
        rule: Rule,
        act: Interval,
        verdict: str,
        *wants: Wanted,
        near: bool = False,
        assumed: bool = False,
        soft: bool = False,
        anchors: tuple[Ends, ...] = (),
        due: Ends = None,
        unpublished: bool = False,
    ) -> Finding:
        """Add edition, notes and lamp to a verdict, which holds where the act falls under an edition."""
        low, high = act
        first = 2 if low >= IN_FORCE_2026 else 1 if low >= IN_FORCE_2014 else 0
        last = 2 if high >= IN_FORCE_2026 else 1 if high >= IN_FORCE_2014 else 0
        open_ = first < last and (rule.only_2026 or not first)
        if open_:
            edition = article = None
        else:
            edition, article = EDITIONS[last], rule.articles[last]
        if rule.only_2026 and first == last == 1:
            return Finding(rule.id, "not_applicable", "none", (), edition, article)
        if first <= rule.only_2026 or open_:
            verdict = "unknown"
        elif verdict == "not_applicable":
            return Finding(rule.id, verdict, "none", (), edition, article)
        notes: tuple[str, ...] = ()
        if verdict == "fail" and (
            (low >= IN_FORCE_2026 and high < PUBLIC_2026)
            or (rule.only_2026 and any(anchor and anchor[1] < IN_FORCE_2026 for anchor in anchors))
        ):
            notes += ("transition",)
        if near and verdict in ("pass", "fail"):
            notes += ("borderline",)
        if assumed and verdict in ("pass", "fail"):
            notes += ("assumed",)
        if verdict == "unknown" and not last:
            notes += ("edition-not-encoded",)
        if last > rule.only_2026:
            notes += self._source_notes(rule, verdict, wants, unpublished=unpublished)
        return Finding(
            rule.id,
            verdict,
            self._lamp(verdict, due, red=rule.strength == "must" and not soft and "transition" not in notes),
            notes,
            edition,
            article,
        )

    def _source_notes(
        self, rule: Rule, verdict: str, wants: tuple[Wanted, ...], *, unpublished: bool
    ) -> tuple[str, ...]:
        notes: tuple[str, ...] = ()
        if unpublished and verdict == "unknown":
            notes += ("provisional",)
        if self.blank and verdict in ("fail", "pending"):
            missing = (kinds for there, _, kinds in wants if there is False)
            if any(not self.blank.isdisjoint(kinds) for kinds in missing):
                notes += ("blank-cell",)
        if self.later and not self.later.isdisjoint(rule.kinds):
            notes += ("later-record",)
        return notes

    def _lamp(self, verdict: str, due: Ends, *, red: bool) -> str:
        if verdict == "pass":
            return "green"
        if verdict == "fail":
            return "red" if red else "yellow"
        if verdict == "unknown":
            return "grey"
        return "yellow" if due and due[0] - self.as_of <= NEAR_DAYS else "none"


def decide(ok: bool, wrong: bool, *wants: Wanted) -> str:
    """Give the verdict where what is missing fails when the process has gone past it."""
    if ok:
        return "pass"
    if wrong:
        return "fail"
    waiting = unclear = False
    for there, late, _ in wants:
        if there is False:
            if late:
                return "fail"
            waiting = True
        elif there is None and late:
            unclear = True
    return "pending" if waiting and not unclear else "unknown"


def decide_by_day(slack: tuple[bool, bool], wanted: Wanted, start: Wanted, last_day: Ends, as_of: int) -> str:
    """Give the verdict where what is missing fails after its last day."""
    ok, wrong = slack
    if ok:
        return "pass"
    if wrong or (start[0] is False and start[1]):
        return "fail"
    if wanted[0] is not False:
        return "unknown"
    if last_day and as_of > last_day[1]:
        return "fail"
    return "pending" if start[0] is False or (last_day and as_of <= last_day[0]) else "unknown"


def _applicant(records: Records, sheet: Sheet, birth: Ends) -> Iterator[Finding]:
    received, written = records.act_day("application", "received"), records.act_day("application")
    applied = records.want(APPLICATION, 11)
    act = records.judged(records.first("application"), APPLICATION, 10)
    gap = between(months_later(birth, 18 * 12), first_known(written, received))
    verdict = decide(holds(gap), breaks(gap), applied)
    assumed = written is None and bool(received)
    yield sheet.finding(OF_AGE, act, verdict, applied, near=close(gap), assumed=assumed)

    talk = records.first("talk")
    talked = records.want(TALK, 21)
    due = months_later(first_known(received, written), 1)
    gap = between(talk, due)
    act = records.judged(talk, TALK, 20)
    verdict = decide_by_day((holds(gap), breaks(gap)), talked, applied, due, records.as_of)
    soft = received is None and bool(written)
    near = close(gap) or on_a_holiday(talk, due, talked, records.as_of)
    yield sheet.finding(TALKED, act, verdict, talked, applied, near=near, assumed=soft, soft=soft, due=due)


def _activist(records: Records, sheet: Sheet) -> Iterator[Finding]:
    decision, recorded = records.last("activist-decision"), records.last("recorded-activist-day")
    start = decision or recorded
    assumed = not decision and recorded is not None
    filing = records.last("activist-filing")
    filed, decided = records.want(FILING, 51), records.want(ACTIVIST, 41)
    gap = between(start, filing)
    act = records.judged(filing, FILING, 50)
    verdict = decide(holds(gap), breaks(gap), filed, decided)
    yield sheet.finding(FILED, act, verdict, filed, decided, near=close(gap), assumed=assumed)

    act = records.judged(records.last("contact-assignment"), CONTACTS, 60)
    wanted = records.want(CONTACTS, 61)
    ok, wrong = exactly(records.people("contact-assignment"), 1, 2)
    yield sheet.finding(ONE_OR_TWO, act, decide(ok, wrong, wanted), wanted)
    ok, wrong = exactly(records.not_full("contact-assignment"), 0, 0)
    yield sheet.finding(CONTACTS_FULL, act, decide(ok, wrong, wanted), wanted)

    act = records.judged(records.last("activist-review"), ACTIVIST_REVIEW, 70)
    yesterday = (records.as_of - 1, records.as_of - 1)
    until = records.last("prospect-discussion") or records.last("prospect-decision") or yesterday
    full, empty = records.half_years(start, until)
    if not full or not empty:
        verdict = decide(False, False, decided)
    else:
        verdict = decide(full[0] >= 1 and empty[1] <= 0, full[0] > 0 and empty[0] > 0, decided)
        over = any(records.of.get(kind) for kind in ("prospect-discussion", "prospect-decision"))
        if verdict == "unknown" and full[1] <= 0:
            verdict = "not_applicable" if over else "pending"
    yield sheet.finding(HALF_YEARS, act, verdict, decided, assumed=assumed, due=months_later(start, 6))


def _prospect(records: Records, sheet: Sheet) -> Iterator[Finding]:
    activist, recorded = records.last("activist-decision"), records.last("recorded-activist-day")
    discussion, decision = records.last("prospect-discussion"), records.last("prospect-decision")
    consent, notice = records.act_day("prospect-consent"), records.last("public-notice")
    activist_there, discussed_or_listed = records.want(ACTIVIST, 41), records.want(DISCUSSED, 111)
    discussed, consented = records.want(DISCUSSION, 91), records.want(CONSENT, 101)
    noticed, listed = records.want(NOTICE, 106), records.want(PROSPECT, 111)
    act = records.judged(decision, PROSPECT, 110)

    year = months_later(activist or recorded, 12)
    gap = between(year, discussion or decision)
    listing = between(year, decision)
    filing = between(months_later(records.last("activist-filing"), 12), discussion or decision)
    ok, wrong = holds(gap), breaks(gap)
    near = close(gap) or (ok and (breaks(listing) or breaks(filing))) or (wrong and (holds(listing) or holds(filing)))
    verdict = decide(ok, wrong, discussed_or_listed, activist_there)
    assumed = (not activist and recorded is not None) or (not discussion and decision is not None)
    yield sheet.finding(ONE_YEAR, act, verdict, discussed_or_listed, activist_there, near=near, assumed=assumed)
    gap = between(discussion, consent)
    verdict = decide(holds(gap), breaks(gap), consented, discussed)
    yield sheet.finding(AGREES, act, verdict, consented, discussed, near=close(gap))

    then, after, rule = (notice, noticed, FIRST_2026) if act[1] >= IN_FORCE_2026 else (decision, listed, FIRST_2014)
    gap = between(consent, then)
    verdict = decide(holds(gap), breaks(gap), after, consented)
    yield sheet.finding(rule, act, verdict, after, consented, near=close(gap), anchors=(consent, then))

    end = records.day("public-notice", "end")
    days = worked(notice, end)
    gap = days and (days[0] - 5, days[1] - 5)
    verdict = decide(holds(gap), breaks(gap), noticed)
    unpublished = not days and bool(notice) and bool(end)
    yield sheet.finding(FIVE_DAYS, act, verdict, noticed, near=close(gap), anchors=(notice,), unpublished=unpublished)
    there, _, _ = noticed
    ended = clear = "unknown" if there is None else "not_applicable"
    near = False
    if there:
        gap = between(end, decision)
        near = close(gap)
        ended = decide(holds(gap), breaks(gap), listed, noticed)
        clear = decide(*exactly(records.among("public-notice", "outcome", ("clear",)), 1, 1), noticed)
    yield sheet.finding(LISTED, act, ended, listed, noticed, near=near, anchors=(end, decision))
    yield sheet.finding(CLEAR, act, clear, noticed)


def _sponsors(records: Records, sheet: Sheet) -> Iterator[Finding]:
    act = records.judged(records.last("sponsor-assignment"), SPONSORS, 130)
    wanted = records.want(SPONSORS, 131)
    ok, wrong = exactly(records.people("sponsor-assignment"), 2, 2)
    yield sheet.finding(TWO_SPONSORS, act, decide(ok, wrong, wanted), wanted)
    ok, wrong = exactly(records.not_full("sponsor-assignment"), 0, 0)
    yield sheet.finding(SPONSORS_FULL, act, decide(ok, wrong, wanted), wanted)
    ok, wrong = exactly(records.under_sanction("sponsor-assignment"), 0, 0)
    yield sheet.finding(SPONSORS_RIGHTS, act, decide(ok, wrong, wanted), wanted)


def _review(records: Records, sheet: Sheet) -> Iterator[Finding]:
    act = records.judged(records.last("general-meeting") or records.last("recorded-admission-day"), ADMISSION, 170)
    wanted = records.want(REVIEW, 131)
    yield sheet.finding(REVIEWED, act, decide(wanted[0] is True, False, wanted), wanted)
    day, outcome = records.stated("political-review", "day"), records.stated("political-review", "outcome")
    verdict = decide(day == outcome == YES, NO in (day, outcome), wanted)
    yield sheet.finding(REVIEW_COMPLETE, act, verdict, wanted)
    blank = NO if records.keeps("political-review", "attachments") else None
    attached = records.read("political-review", lambda record: number_ends(len(record.attachments) or None) or blank)
    verdict = decide(attached is not None and attached[0] >= 1, attached is not None and attached[1] < 1, wanted)
    yield sheet.finding(REVIEW_MATERIAL, act, verdict, wanted)
    ok, wrong = exactly(records.among("political-review", "outcome", ("qualified",)), 1, 1)
    yield sheet.finding(REVIEW_QUALIFIED, act, decide(ok, wrong, wanted), wanted)

    act = records.judged(records.last("training"), TRAINING, 130)
    wanted = records.want(TRAINING, 131)
    days, hours = records.number("training", "days"), records.number("training", "hours")
    ok = (days is not None and days[0] >= 3) or (hours is not None and hours[0] >= 24)
    wrong = days is not None and hours is not None and days[1] < 3 and hours[1] < 24
    yield sheet.finding(TRAINED, act, decide(ok, wrong, wanted), wanted)


def _meeting(records: Records, sheet: Sheet) -> Iterator[Finding]:
    meeting, recorded = records.last("general-meeting"), records.last("recorded-admission-day")
    notified, examined = records.day("pre-examination", "notified"), records.act_day("pre-examination")
    start = first_known(notified, examined)
    act = records.judged(meeting or recorded, ADMISSION, 170)
    held, passed = records.want(ADMISSION, 171), records.want(PRE_EXAMINATION, 161)
    due = months_later(start, 1)
    gap = between(meeting or recorded, due)
    verdict = decide_by_day((holds(gap), breaks(gap)), held, passed, due, records.as_of)
    soft = notified is None and bool(examined)
    assumed = soft or (not meeting and recorded is not None)
    near = close(gap) or on_a_holiday(meeting or recorded, due, held, records.as_of)
    yield sheet.finding(
        MET, act, verdict, held, passed, near=near, assumed=assumed, soft=soft, anchors=(start,), due=due
    )

    held = records.want(MEETING, 171)
    should = records.number("general-meeting", "should_vote")
    present = records.number("general-meeting", "present_vote")
    votes = records.number("general-meeting", "votes_for")
    blank = NO if records.keeps("general-meeting", "written_for") else (0, 1_000_000)
    written = records.number("general-meeting", "written_for", blank)
    in_favour = votes and written and (votes[0] + written[0], votes[1] + written[1])
    soft = act[0] < IN_FORCE_2026 and _half_in_doubt(present, should, meeting or recorded)
    yield sheet.finding(QUORUM, act, decide(*_more_than_half(present, should), held), held, soft=soft)
    yield sheet.finding(MAJORITY, act, decide(*_more_than_half(in_favour, should), held), held)


def _more_than_half(some: Ends, whole: Ends) -> tuple[bool, bool]:
    return (2 * some[0] > whole[1], 2 * some[1] <= whole[0]) if some and whole else (False, False)


def _half_in_doubt(some: Ends, whole: Ends, day: Ends) -> bool:
    return bool(some and whole and day and 2 * some[0] >= whole[1] and day[0] >= IN_DOUBT_2018)


def _approval(records: Records, sheet: Sheet) -> Iterator[Finding]:
    meeting, recorded = records.last("general-meeting"), records.last("recorded-admission-day")
    submission, approval = records.last("approval-submission"), records.last("approval")
    admitted = meeting or recorded
    act = records.judged(approval, APPROVAL, 190)
    wanted, held, submitted = records.want(APPROVAL, 191), records.want(ADMISSION, 171), records.want(SUBMITTED, 181)

    barred = records.among("approval", "by", ("committee-under-township", "general-branch", "party-group"))
    ok, wrong = exactly(barred, 0, 0)
    yield sheet.finding(ENTITLED, act, decide(ok, wrong, wanted), wanted)

    refused = records.act_day("refused-approval")
    decided = first_known(records.act_day("approval"), refused)
    concluded = records.want(DECIDED, 191)
    reason = records.stated_anywhere("reason", "approval-extension", "approval")
    start = submission or admitted
    due, extended = months_later(start, 3), months_later(start, 6)
    gap, grace = between(decided, due), between(decided, extended)
    ok, wrong = _in_time(gap, grace, reason)
    other_ok, other_wrong = _in_time(
        between(decided, months_later(admitted, 3)), between(decided, months_later(admitted, 6)), reason
    )
    verdict = decide_by_day((ok, wrong), concluded, submitted, extended, records.as_of)
    near = (close(gap) and reason == NO) or (close(grace) and reason == YES)
    near = near or (ok and other_wrong) or (wrong and other_ok)
    rolled_ok, _ = _in_time(between(decided, rolled(due)), between(decided, rolled(extended)), reason)
    near = near or (wrong and rolled_ok) or (not decided and on_a_holiday(None, extended, concluded, records.as_of))
    soft = not submission and start is not None
    decision = records.judged(first_known(approval, refused), DECIDED, 190)
    yield sheet.finding(APPROVED, decision, verdict, concluded, submitted, near=near, assumed=soft, soft=soft, due=due)

    decided = records.act_day("approval")
    oath, notified = records.last("oath"), records.day("approval", "notified")
    sworn = records.want(OATH, 211)
    start = first_known(notified, decided)
    due = months_later(start, 1)
    gap = between(oath, due)
    verdict = decide_by_day((holds(gap), breaks(gap)), sworn, wanted, due, records.as_of)
    soft = notified is None and bool(decided)
    near = close(gap) or on_a_holiday(oath, due, sworn, records.as_of)
    oath_act = records.judged(oath, OATH, 210)
    yield sheet.finding(
        SWORN, oath_act, verdict, sworn, wanted, near=near, assumed=soft, soft=soft, anchors=(start,), due=due
    )
    assumed = not meeting and recorded is not None
    ok, wrong = exactly(between(admitted, records.day("approval", "start")), 0, 0)
    yield sheet.finding(PROBATION_START, act, decide(ok, wrong, wanted, held), wanted, held, assumed=assumed)
    ok, wrong = exactly(between(months_later(admitted, 12), records.day("approval", "end")), -1, 0)
    yield sheet.finding(PROBATION_END, act, decide(ok, wrong, wanted, held), wanted, held, assumed=assumed)


def _in_time(gap: Ends, grace: Ends, reason: Ends) -> tuple[bool, bool]:
    ok = holds(gap) or (holds(grace) and reason == YES)
    return ok, breaks(gap) and (breaks(grace) or reason == NO)


def _conversion(records: Records, sheet: Sheet) -> Iterator[Finding]:
    meeting, recorded = records.last("general-meeting"), records.last("recorded-admission-day")
    assumed = not meeting and recorded is not None
    held = records.want(ADMISSION + EXTENSION, 171)
    end = records.day("extension", "end")
    probation_end = end if "extension" in records.of else months_later(meeting or recorded, 12)

    conversion = records.last("conversion-meeting")
    wanted = records.want(CONVERSION_MEETING, 241)
    gap = between(probation_end, conversion)
    act = records.judged(conversion, CONVERSION_MEETING, 240)
    verdict = decide(holds(gap), breaks(gap), wanted, held)
    yield sheet.finding(AFTER_PROBATION, act, verdict, wanted, held, near=close(gap), assumed=assumed)

    extended, _, _ = extension = records.want(EXTENSION, LAST_DAY)
    yield from _extension(records, sheet, extension, end)

    noted, start = records.last("recorded-full-member-day"), records.day("conversion-approval", "start")
    wanted = records.want(CONVERTED, 261)
    gap = between(probation_end, first_known(start, noted))
    ok, wrong = exactly(gap, -1, 1 if extended else 0)
    if extended is None and gap and gap[0] == 1:
        wrong = False
    act = records.judged(records.last("conversion-approval") or noted, CONVERTED, 260)
    yield sheet.finding(MEMBER_SINCE, act, decide(ok, wrong, wanted, held), wanted, held, assumed=assumed)


def _extension(records: Records, sheet: Sheet, extension: Wanted, end: Ends) -> Iterator[Finding]:
    act = records.judged(records.last("extension"), EXTENSION, 245)
    there, _, _ = extension
    once = length = "unknown" if there is None else "not_applicable"
    near = False
    if there:
        start = records.day("extension", "start")
        shortest, longest = between(months_later(start, 6), end), between(end, months_later(start, 12))
        near = close(shortest) or close(longest)
        long_enough, too_short = exactly(shortest, -1, LAST_DAY)
        length = decide(long_enough and holds(longest), too_short or breaks(longest))
        # Whether there was one is known even where the source keeps no list of them; how many is not.
        counted = records.keeps_any("extension")
        once = decide(counted and len(records.of["extension"]) <= 1, counted and len(records.of["extension"]) > 1)
    yield sheet.finding(ONCE, act, once)
    yield sheet.finding(EXTENDED, act, length, near=near)
