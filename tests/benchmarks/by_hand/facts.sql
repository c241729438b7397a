-- The records that count, without those that another of their kind comes after (before).
CREATE OR REPLACE TEMP VIEW chosen AS
SELECT counting.* FROM counting LEFT JOIN several USING (dossier, code)
WHERE CASE
    WHEN last_low IS NULL THEN true
    WHEN counts_first THEN place(low, position) <= first_high
    ELSE place(high, position) >= last_low
END;

-- How far the process has come; of its steps whose day is known the first and the last; and the first on which an edition was
-- in force and the last on which it was not: 2014 and 2026 by the earliest day that it can be, maybe_2026 by the latest.
CREATE OR REPLACE TEMP TABLE process AS
SELECT dossier, {
    'reached': coalesce(max(step), 0),
    'first': coalesce(min(step) FILTER (low > nobody_knows_low()), 999),
    'last': coalesce(max(step) FILTER (low > nobody_knows_low()), 0),
    'since_2014': coalesce(min(step) FILTER (low >= in_force_2014()), 999),
    'before_2014': coalesce(max(step) FILTER (low > nobody_knows_low() AND low < in_force_2014()), 0),
    'since_2026': coalesce(min(step) FILTER (low >= in_force_2026()), 999),
    'before_2026': coalesce(max(step) FILTER (low > nobody_knows_low() AND low < in_force_2026()), 0),
    'maybe_since_2026': coalesce(min(step) FILTER (high >= in_force_2026() AND high < nobody_knows_high()), 999),
    'maybe_before_2026': coalesce(max(step) FILTER (high < in_force_2026()), 0)
} AS p
FROM counting
GROUP BY dossier;

-- One row a dossier for each kind that a rule asks for: from when to when it can have been done, and what it states.
CREATE OR REPLACE TEMP TABLE application AS SELECT dossier,
    min(low) AS application_low, min(high) AS application_high,
    min(since(day_low)) AS signed_low, max(done_by(day_low, day_high)) AS signed_high,
    min(since(received_low)) AS received_low, max(done_by(received_low, received_high)) AS received_high
FROM chosen WHERE code = 1 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE talk AS SELECT dossier,
    min(low) AS talk_low, min(high) AS talk_high
FROM chosen WHERE code = 2 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE decision AS SELECT dossier,
    max(low) AS decision_low, max(high) AS decision_high,
    bool_and(body = 'branch-committee') AS by_committee,
    bool_or(body = 'branch-committee') AS maybe_by_committee,
    bool_and(body IS NOT NULL) AS body_stated
FROM chosen WHERE code = 3 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE recorded_activist AS SELECT dossier,
    max(low) AS recorded_activist_low, max(high) AS recorded_activist_high
FROM chosen WHERE code = 4 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE filing AS SELECT dossier,
    max(low) AS filing_low, max(high) AS filing_high
FROM chosen WHERE code = 5 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE contacts AS SELECT dossier,
    max(low) AS contacts_low, max(high) AS contacts_high,
    min(coalesce(named(people), -1)) AS contacts_least, max(named(people)) AS contacts_most
FROM chosen WHERE code = 6 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE review AS SELECT dossier,
    max(low) AS review_low, max(high) AS review_high
FROM chosen WHERE code = 7 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE discussion AS SELECT dossier,
    max(low) AS discussion_low, max(high) AS discussion_high
FROM chosen WHERE code = 8 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE consent AS SELECT dossier,
    max(high) AS consent_high,
    min(since(day_low)) AS agreed_low, max(done_by(day_low, day_high)) AS agreed_high
FROM chosen WHERE code = 9 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE notice AS SELECT dossier,
    max(low) AS notice_low, max(high) AS notice_high,
    min(since(end_low)) AS notice_end_low, max(end_high) AS notice_end_high
FROM chosen WHERE code = 10 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE listing AS SELECT dossier,
    max(low) AS listing_low, max(high) AS listing_high
FROM chosen WHERE code = 11 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE sponsors AS SELECT dossier,
    max(low) AS sponsors_low, max(high) AS sponsors_high,
    min(coalesce(named(people), -1)) AS sponsors_least, count(*) AS sponsor_lists
FROM chosen WHERE code = 12 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE political_review AS SELECT dossier,
    true AS reviewed
FROM chosen WHERE code = 13 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE training AS SELECT dossier,
    max(low) AS training_low, max(high) AS training_high,
    min(coalesce(days, -1)) AS days_least, max(days) AS days_most,
    min(coalesce(hours, -1)) AS hours_least, max(hours) AS hours_most
FROM chosen WHERE code = 14 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE examination AS SELECT dossier,
    max(high) AS examination_high,
    min(since(notified_low)) AS told_low, max(notified_high) AS told_high,
    min(since(day_low)) AS examined_low, max(done_by(day_low, day_high)) AS examined_high
FROM chosen WHERE code = 15 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE meeting AS SELECT dossier,
    max(low) AS meeting_low, max(high) AS meeting_high,
    min(coalesce(should_vote, -1)) AS should_least, max(should_vote) AS should_most,
    min(coalesce(present_vote, -1)) AS present_least, max(present_vote) AS present_most,
    min(coalesce(votes_for, -1)) AS for_least, max(votes_for) AS for_most,
    min(coalesce(written_for, 0)) AS written_least, max(coalesce(written_for, 0)) AS written_most,
    bool_and(written_for IS NOT NULL) AS written_stated
FROM chosen WHERE code = 16 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE recorded_admission AS SELECT dossier,
    max(low) AS recorded_admission_low, max(high) AS recorded_admission_high
FROM chosen WHERE code = 17 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE submission AS SELECT dossier,
    max(low) AS submission_low, max(high) AS submission_high
FROM chosen WHERE code = 18 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE approval AS SELECT dossier,
    max(low) AS approval_low, max(high) AS approval_high,
    min(since(day_low)) AS approved_low, max(done_by(day_low, day_high)) AS approved_high,
    min(since(end_low)) AS probation_end_low, max(end_high) AS probation_end_high,
    bool_and(reason IS NOT NULL) AS reason, bool_or(reason IS NOT NULL) AS maybe_reason
FROM chosen WHERE code = 19 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE longer_approval AS SELECT dossier,
    bool_and(reason IS NOT NULL) AS reason_to_extend, bool_or(reason IS NOT NULL) AS maybe_reason_to_extend
FROM chosen WHERE code = 20 GROUP BY dossier;

CREATE OR REPLACE TEMP TABLE extension AS SELECT dossier,
    max(low) AS extension_low, max(high) AS extension_high,
    min(since(start_low)) AS extension_start_low, max(start_high) AS extension_start_high,
    min(since(end_low)) AS extension_end_low, max(end_high) AS extension_end_high
FROM chosen WHERE code = 21 GROUP BY dossier;

-- Sponsors who are, or may be, on probation within the Party with their rights not restored, on the day of their assignment.
CREATE OR REPLACE TEMP TABLE barred AS
WITH suspects AS (
    SELECT dossier, id AS member, NULL::DATE AS since_low, NULL::DATE AS since_high, NULL::DATE AS until_low,
        NULL::DATE AS until_high, false AS known
    FROM read_parquet(getvariable('folder') || '/member.parquet')
    WHERE dossier BETWEEN getvariable('first') AND getvariable('last') AND NOT sanctions_recorded
    UNION ALL
    SELECT dossier, member, coalesce(approved_low, nobody_knows_low()), coalesce(approved_high, nobody_knows_high()),
        coalesce(rights_restored_low, nobody_knows_high()), coalesce(rights_restored_high, nobody_knows_high()), true
    FROM read_parquet(getvariable('folder') || '/sanction.parquet')
    WHERE dossier BETWEEN getvariable('first') AND getvariable('last') AND kind = 'probation-within-party'
)
SELECT dossier,
    count(DISTINCT position) FILTER (known AND since_high <= low AND until_low > high) AS lists_with_barred,
    bool_or(NOT known OR (since_low <= high AND until_high > low)) AS maybe_barred
FROM chosen JOIN suspects USING (dossier)
WHERE code = 12 AND list_contains(people, member)
GROUP BY dossier;

-- Half-years from the decision on the activist on: number k ends six times k + 1 months after it. Each is a bit: of those
-- with a review for sure, and of those with one perhaps; and how many there are until the prospect was discussed.
CREATE OR REPLACE TEMP TABLE half_years AS
WITH spans AS (
    SELECT dossier,
        coalesce(known(decision_high, decision_low), known(recorded_activist_high, recorded_activist_low)) AS start_low,
        coalesce(known(decision_high, decision_high), known(recorded_activist_high, recorded_activist_high)) AS start_high,
        coalesce(known(discussion_high, discussion_low), known(listing_high, listing_low), as_of() - 1) AS until_low,
        coalesce(known(discussion_high, discussion_high), known(listing_high, listing_high), as_of() - 1) AS until_high
    FROM (SELECT DISTINCT dossier FROM counting WHERE code IN (3, 4))
    LEFT JOIN decision USING (dossier)
    LEFT JOIN recorded_activist USING (dossier)
    LEFT JOIN discussion USING (dossier)
    LEFT JOIN listing USING (dossier)
), ended AS (
    SELECT *,
        least(greatest(months_within(start_high, until_low), 0) // 6, 62) AS full_least,
        least(greatest(months_within(start_low, until_high), 0) // 6, 62) AS full_most
    FROM spans
    WHERE start_low IS NOT NULL
), reviews AS (
    SELECT s.dossier, s.start_high, r.low, r.high > s.start_low AS possible,
        greatest((months_to(s.start_high, r.low) + 5) // 6 - 1, 0) AS from_half,
        greatest((months_to(s.start_low, r.high) + 5) // 6 - 1, 0) AS to_half
    FROM ended AS s JOIN counting AS r ON r.dossier = s.dossier AND r.code = 7
)
SELECT dossier, full_least, full_most,
    bit_count(coalesce(sure, 0) & ((1::BIGINT << full_most) - 1)) AS covered,
    bit_count(coalesce(perhaps, 0) & ((1::BIGINT << full_least) - 1)) AS perhaps_covered
FROM ended LEFT JOIN (
    SELECT dossier,
        bit_or(1::BIGINT << least(to_half, 62)) FILTER (low > months_later(start_high, 6 * to_half)) AS sure,
        bit_or((1::BIGINT << least(to_half + 1, 62)) - (1::BIGINT << least(from_half, 62))) FILTER (
            possible AND to_half >= from_half
        ) AS perhaps
    FROM reviews
    GROUP BY dossier
) USING (dossier);
