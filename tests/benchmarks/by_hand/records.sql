-- The records of a shard that count: in effect, not passed over, not after the as-of day; with the number of their kind and
-- their step in the process. Kinds that no rule asks for are only steps.
CREATE OR REPLACE TEMP TABLE counting AS
WITH dated AS (
    SELECT r.* EXCLUDE (kind, outcome), code, step, counts_first,
        CASE dated_by WHEN 1 THEN start_low WHEN 2 THEN coalesce(day_low, start_low)
            ELSE coalesce(received_low, day_low, notified_low) END AS act_low,
        CASE dated_by WHEN 1 THEN start_high WHEN 2 THEN coalesce(day_high, start_high)
            ELSE coalesce(received_high, day_high, notified_high) END AS act_high
    FROM (
        SELECT dossier, kind, position, outcome, people, body, reason, days, hours,
            should_vote, present_vote, votes_for, written_for, day_low, day_high, received_low, received_high,
            notified_low, notified_high, start_low, start_high, end_low, end_high
        FROM read_parquet(getvariable('folder') || '/record.parquet')
        WHERE dossier BETWEEN getvariable('first') AND getvariable('last')
            AND (status IS NULL OR status = 'effective')
    ) AS r JOIN kinds USING (kind)
    WHERE r.outcome IS NULL OR passes_over IS NULL OR NOT list_contains(passes_over, r.outcome)
)
SELECT * EXCLUDE (act_low, act_high),
    coalesce(act_low, nobody_knows_low()) AS low,
    coalesce(CASE WHEN act_high > as_of() THEN as_of() ELSE act_high END, nobody_knows_high()) AS high
FROM dated
WHERE act_low IS NULL OR act_low <= as_of();

-- Where there are several of a kind, the one that counts is the last of them (of some kinds the first); where days are
-- imprecise, it may be any that is not surely before (after) another.
CREATE OR REPLACE TEMP TABLE several AS
SELECT dossier, code, max(place(low, position)) AS last_low, min(place(high, position)) AS first_high
FROM counting SEMI JOIN (SELECT dossier, code FROM counting WHERE position > 0) AS more USING (dossier, code)
GROUP BY dossier, code;
