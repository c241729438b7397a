-- What the twenty rules share. Days that nobody knows are 0001-01-01 and 9999-12-31; a verdict is a text.

CREATE MACRO nobody_knows_low() AS DATE '0001-01-01';
CREATE MACRO nobody_knows_high() AS DATE '9999-12-31';
CREATE MACRO as_of() AS getvariable('as_of');
CREATE MACRO in_force_2014() AS DATE '2014-05-28';
CREATE MACRO in_force_2026() AS DATE '2026-05-11';

CREATE MACRO months_later(day, months) AS CAST(day + to_months(months) AS DATE);
-- The least number of months after which *day* is reached, and the largest after which it is not passed.
CREATE MACRO months_to(start, day) AS
    datediff('month', start, day) + (months_later(start, datediff('month', start, day)) < day)::INTEGER;
CREATE MACRO months_within(start, day) AS
    datediff('month', start, day) - (months_later(start, datediff('month', start, day)) > day)::INTEGER;
-- The day until which something that was done can have been done.
CREATE MACRO done_by(low, high) AS CASE WHEN low <= as_of() THEN least(high, as_of()) ELSE high END;

CREATE MACRO since(low) AS coalesce(low, nobody_knows_low());
CREATE MACRO named(people) AS len(list_distinct(people));

-- Whether a record is there: null where the source does not keep such records.
CREATE MACRO kept(kinds, kind) AS
    list_contains(kinds, kind) OR len(list_filter(kinds, lambda one: starts_with(one, kind || '.'))) > 0;
CREATE MACRO there(found, keeps) AS CASE WHEN found THEN true WHEN keeps THEN false END;

-- Whether an edition is in force when an act is done: on its own day, else between its neighbours in the process. Of a step
-- that nobody has come to yet, today. *own* is the earliest day that the act can have for surely_…, the latest for maybe_….
CREATE MACRO surely(edition, own, found, step, p, since, before) AS CASE
    WHEN own IS NOT NULL THEN own >= edition
    WHEN NOT found AND p.reached <= step THEN as_of() >= edition
    WHEN p.last > step THEN before <= step AND (p.first >= step OR since < step)
    ELSE p.first < step AND since < step AND as_of() >= edition
END;
CREATE MACRO surely_2014(own, found, step, p) AS
    surely(in_force_2014(), own, found, step, p, p.since_2014, p.before_2014);
CREATE MACRO surely_2026(own, found, step, p) AS
    surely(in_force_2026(), own, found, step, p, p.since_2026, p.before_2026);
CREATE MACRO maybe_2026(own, found, step, p) AS CASE
    WHEN own IS NOT NULL THEN own >= in_force_2026()
    WHEN NOT found AND p.reached <= step THEN as_of() >= in_force_2026()
    WHEN p.last > step THEN p.maybe_before_2026 <= step OR p.maybe_since_2026 < step
    ELSE p.maybe_since_2026 < step OR as_of() >= in_force_2026()
END;

-- Verdicts. *late* tells whether the process has gone past what is missing.
CREATE MACRO decide(ok, wrong, found, late) AS CASE
    WHEN ok THEN 'pass'
    WHEN wrong OR (NOT found AND late) THEN 'fail'
    WHEN NOT found THEN 'pending'
    ELSE 'unknown'
END;
CREATE MACRO decide_both(ok, wrong, found, late, also_found, also_late) AS CASE
    WHEN ok THEN 'pass'
    WHEN wrong OR (NOT found AND late) OR (NOT also_found AND also_late) THEN 'fail'
    WHEN (found IS NULL AND late) OR (also_found IS NULL AND also_late) THEN 'unknown'
    WHEN NOT found OR NOT also_found THEN 'pending'
    ELSE 'unknown'
END;
CREATE MACRO decide_by_day(ok, wrong, found, start_found, start_late, due_low, due_high) AS CASE
    WHEN ok THEN 'pass'
    WHEN wrong OR (NOT start_found AND start_late) THEN 'fail'
    WHEN coalesce(found, true) THEN 'unknown'
    WHEN as_of() > due_high THEN 'fail'
    WHEN NOT start_found OR as_of() <= due_low THEN 'pending'
    ELSE 'unknown'
END;
CREATE MACRO in_both(is_2014, verdict) AS CASE WHEN is_2014 THEN verdict ELSE 'unknown' END;
CREATE MACRO only_2026(is_2014, is_2026, may_be_2026, verdict) AS CASE
    WHEN is_2026 THEN verdict
    WHEN is_2014 AND NOT may_be_2026 THEN 'not_applicable'
    ELSE 'unknown'
END;
-- The place of a record among those of its kind.
CREATE MACRO place(day, nth) AS (day - nobody_knows_low()) * 1000000 + nth;
-- An end of a day that was read off the records that may count: null where one of them does not state it.
CREATE MACRO stated(low, some_end) AS CASE WHEN low > nobody_knows_low() THEN some_end END;
-- An end of the day of the last record of a kind: null where the day of one of them is not known.
CREATE MACRO known(high, some_end) AS CASE WHEN high < nobody_knows_high() THEN some_end END;
