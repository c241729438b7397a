-- The verdicts: one row a dossier, one column a rule.
CREATE OR REPLACE TEMP TABLE verdicts AS
WITH given AS (
    SELECT dossier, id, person_birth_low, person_birth_high, branch_has_committee, recorded_kinds AS kinds
    FROM read_parquet(getvariable('folder') || '/dossier.parquet')
    WHERE dossier BETWEEN getvariable('first') AND getvariable('last') AND subject = 'person'
), sources AS (
    -- what a source keeps, once for all dossiers of which the same is kept
    SELECT kinds,
        kept(kinds, 'activist-decision') AS keeps_activist_decision,
        kept(kinds, 'activist-filing') AS keeps_activist_filing,
        kept(kinds, 'activist-review') AS keeps_activist_review,
        kept(kinds, 'application') AS keeps_application,
        kept(kinds, 'approval') AS keeps_approval,
        kept(kinds, 'approval-submission') AS keeps_approval_submission,
        kept(kinds, 'contact-assignment') AS keeps_contact_assignment,
        kept(kinds, 'extension') AS keeps_extension,
        kept(kinds, 'general-meeting') AS keeps_general_meeting,
        kept(kinds, 'political-review') AS keeps_political_review,
        kept(kinds, 'pre-examination') AS keeps_pre_examination,
        kept(kinds, 'prospect-consent') AS keeps_prospect_consent,
        kept(kinds, 'prospect-decision') AS keeps_prospect_decision,
        kept(kinds, 'prospect-discussion') AS keeps_prospect_discussion,
        kept(kinds, 'public-notice') AS keeps_public_notice,
        kept(kinds, 'recorded-activist-day') AS keeps_recorded_activist_day,
        kept(kinds, 'recorded-admission-day') AS keeps_recorded_admission_day,
        kept(kinds, 'refused-approval') AS keeps_refused_approval,
        kept(kinds, 'sponsor-assignment') AS keeps_sponsor_assignment,
        kept(kinds, 'talk') AS keeps_talk,
        kept(kinds, 'training') AS keeps_training,
        list_has_any(kinds, ['general-meeting', 'general-meeting.written_for']) AS keeps_general_meeting_written_for,
        list_has_any(kinds, ['approval', 'approval.reason']) AS keeps_approval_reason,
        list_has_any(kinds, ['approval-extension', 'approval-extension.reason']) AS keeps_approval_extension_reason
    FROM (SELECT DISTINCT kinds FROM given)
), dossiers AS (
    SELECT * EXCLUDE (kinds) FROM given JOIN sources USING (kinds)
), joined AS (
    SELECT * REPLACE (coalesce(p, {'reached': 0, 'first': 999, 'last': 0, 'since_2014': 999, 'before_2014': 0,
            'since_2026': 999, 'before_2026': 0, 'maybe_since_2026': 999, 'maybe_before_2026': 0}) AS p)
    FROM dossiers
    LEFT JOIN process USING (dossier)
    LEFT JOIN application USING (dossier)
    LEFT JOIN talk USING (dossier)
    LEFT JOIN decision USING (dossier)
    LEFT JOIN recorded_activist USING (dossier)
    LEFT JOIN filing USING (dossier)
    LEFT JOIN contacts USING (dossier)
    LEFT JOIN review USING (dossier)
    LEFT JOIN discussion USING (dossier)
    LEFT JOIN consent USING (dossier)
    LEFT JOIN notice USING (dossier)
    LEFT JOIN listing USING (dossier)
    LEFT JOIN sponsors USING (dossier)
    LEFT JOIN political_review USING (dossier)
    LEFT JOIN training USING (dossier)
    LEFT JOIN examination USING (dossier)
    LEFT JOIN meeting USING (dossier)
    LEFT JOIN recorded_admission USING (dossier)
    LEFT JOIN submission USING (dossier)
    LEFT JOIN approval USING (dossier)
    LEFT JOIN longer_approval USING (dossier)
    LEFT JOIN extension USING (dossier)
    LEFT JOIN barred USING (dossier)
    LEFT JOIN half_years USING (dossier)
), known_days AS (
    SELECT *,
        -- which records are there
        there(application_high IS NOT NULL, keeps_application) AS applied,
        there(talk_high IS NOT NULL, keeps_talk) AS talked,
        there(decision_high IS NOT NULL, keeps_activist_decision) AS decided,
        there(decision_high IS NOT NULL OR recorded_activist_high IS NOT NULL,
            keeps_activist_decision AND keeps_recorded_activist_day) AS activist,
        there(filing_high IS NOT NULL, keeps_activist_filing) AS filed,
        there(contacts_high IS NOT NULL, keeps_contact_assignment) AS assigned,
        there(discussion_high IS NOT NULL OR listing_high IS NOT NULL,
            keeps_prospect_discussion AND keeps_prospect_decision) AS discussed,
        there(listing_high IS NOT NULL, keeps_prospect_decision) AS listed,
        there(consent_high IS NOT NULL, keeps_prospect_consent) AS consented,
        there(notice_high IS NOT NULL, keeps_public_notice) AS noticed,
        there(sponsors_high IS NOT NULL, keeps_sponsor_assignment) AS sponsored,
        there(reviewed, keeps_political_review) AS politically_reviewed,
        there(training_high IS NOT NULL, keeps_training) AS trained,
        there(examination_high IS NOT NULL, keeps_pre_examination) AS examined,
        there(meeting_high IS NOT NULL, keeps_general_meeting) AS met,
        there(meeting_high IS NOT NULL OR recorded_admission_high IS NOT NULL,
            keeps_general_meeting AND keeps_recorded_admission_day) AS admitted,
        there(submission_high IS NOT NULL OR meeting_high IS NOT NULL OR recorded_admission_high IS NOT NULL,
            keeps_approval_submission AND keeps_general_meeting
            AND keeps_recorded_admission_day) AS submitted,
        there(approval_high IS NOT NULL, keeps_approval) AS approved,
        there(approval_high IS NOT NULL, keeps_approval AND keeps_refused_approval) AS concluded,
        there(extension_high IS NOT NULL, keeps_extension) AS extended,
        discussion_high IS NOT NULL OR listing_high IS NOT NULL AS prospect_there,
        -- their days; a day that another stands in for
        coalesce(known(decision_high, decision_low), known(recorded_activist_high, recorded_activist_low)) AS activist_low,
        coalesce(known(decision_high, decision_high), known(recorded_activist_high, recorded_activist_high))
            AS activist_high,
        coalesce(known(discussion_high, discussion_low), known(listing_high, listing_low)) AS prospect_low,
        coalesce(known(discussion_high, discussion_high), known(listing_high, listing_high)) AS prospect_high,
        coalesce(known(meeting_high, meeting_low), known(recorded_admission_high, recorded_admission_low)) AS admitted_low,
        coalesce(known(meeting_high, meeting_high), known(recorded_admission_high, recorded_admission_high)) AS admitted_high,
        coalesce(known(submission_high, submission_low), admitted_low) AS submitted_low,
        coalesce(known(submission_high, submission_high), admitted_high) AS submitted_high,
        CASE WHEN signed_high IS NULL THEN stated(received_low, received_low) ELSE stated(signed_low, signed_low) END
            AS applied_low,
        CASE WHEN signed_high IS NULL THEN stated(received_low, received_high) ELSE stated(signed_low, signed_high) END
            AS applied_high,
        months_later(CASE WHEN received_high IS NULL THEN stated(signed_low, signed_low)
            ELSE stated(received_low, received_low) END, 1) AS talk_due_low,
        months_later(CASE WHEN received_high IS NULL THEN stated(signed_low, signed_high)
            ELSE stated(received_low, received_high) END, 1) AS talk_due_high,
        months_later(CASE WHEN told_high IS NULL THEN stated(examined_low, examined_low)
            ELSE stated(told_low, told_low) END, 1) AS meeting_due_low,
        months_later(CASE WHEN told_high IS NULL THEN stated(examined_low, examined_high)
            ELSE stated(told_low, told_high) END, 1) AS meeting_due_high,
        -- numbers
        nullif(contacts_least, -1) AS contacts_from, nullif(sponsors_least, -1) AS sponsors_from,
        nullif(days_least, -1) AS days_from, nullif(hours_least, -1) AS hours_from,
        nullif(should_least, -1) AS should_from, nullif(present_least, -1) AS present_from,
        nullif(for_least, -1) + written_least AS in_favour_from,
        for_most + CASE WHEN written_stated OR keeps_general_meeting_written_for
            THEN written_most ELSE 1000000 END AS in_favour_to,
        coalesce(reason, false) OR coalesce(reason_to_extend, false) AS with_reason,
        (maybe_reason IS NULL
            OR (NOT maybe_reason AND keeps_approval_reason))
        AND (maybe_reason_to_extend IS NULL
            OR (NOT maybe_reason_to_extend AND keeps_approval_extension_reason))
            AS without_reason
    FROM joined
), editions AS (
    -- under which edition each act falls
    SELECT *,
        surely_2014(stated(application_low, application_low), application_high IS NOT NULL, 10, p) AS application_2014,
        surely_2014(stated(talk_low, talk_low), talk_high IS NOT NULL, 20, p) AS talk_2014,
        surely_2014(activist_low, coalesce(activist, false), 40, p) AS activist_2014,
        surely_2014(known(filing_high, filing_low), filing_high IS NOT NULL, 50, p) AS filing_2014,
        surely_2014(known(contacts_high, contacts_low), contacts_high IS NOT NULL, 60, p) AS contacts_2014,
        surely_2014(known(review_high, review_low), review_high IS NOT NULL, 70, p) AS review_2014,
        surely_2014(known(listing_high, listing_low), listing_high IS NOT NULL, 110, p) AS listing_2014,
        surely_2014(known(sponsors_high, sponsors_low), sponsors_high IS NOT NULL, 130, p) AS sponsors_2014,
        surely_2014(known(training_high, training_low), training_high IS NOT NULL, 130, p) AS training_2014,
        surely_2014(admitted_low, coalesce(admitted, false), 170, p) AS admission_2014,
        surely_2014(known(approval_high, approval_low), approval_high IS NOT NULL, 190, p) AS approval_2014,
        surely_2014(known(extension_high, extension_low), extension_high IS NOT NULL, 245, p) AS extension_2014,
        surely_2026(known(listing_high, listing_low), listing_high IS NOT NULL, 110, p) AS listing_2026,
        maybe_2026(known(listing_high, listing_high), listing_high IS NOT NULL, 110, p) AS listing_maybe_2026,
        surely_2026(admitted_low, coalesce(admitted, false), 170, p) AS admission_2026,
        maybe_2026(admitted_high, coalesce(admitted, false), 170, p) AS admission_maybe_2026
    FROM known_days
), notices AS (
    -- working days of the public notice
    SELECT e.*,
        CASE WHEN known(notice_high, notice_high) > stated(notice_end_low, notice_end_low) THEN 0
            ELSE n.number - m.number END AS worked_least,
        CASE WHEN known(notice_high, notice_low) > stated(notice_end_low, notice_end_high) THEN 0
            ELSE q.number - p.number END AS worked_most
    FROM editions AS e
    LEFT JOIN working_days AS m ON m.day = known(notice_high, notice_high) - 1
    LEFT JOIN working_days AS n ON n.day = stated(notice_end_low, notice_end_low)
    LEFT JOIN working_days AS p ON p.day = known(notice_high, notice_low) - 1
    LEFT JOIN working_days AS q ON q.day = stated(notice_end_low, notice_end_high)
)
SELECT dossier, id,
    in_both(application_2014, decide(
        applied_low >= months_later(person_birth_high, 216), applied_high < months_later(person_birth_low, 216),
        applied, p.reached >= 11)) AS "of-age-when-applying",
    in_both(application_2014, decide(applied, false, applied, p.reached >= 11)) AS "application-made",
    in_both(talk_2014, decide_by_day(
        stated(talk_low, talk_high) <= talk_due_low, stated(talk_low, talk_low) > talk_due_high,
        talked, applied, p.reached >= 11, talk_due_low, talk_due_high)) AS "talk-within-one-month",
    in_both(activist_2014, CASE
        WHEN branch_has_committee THEN decide(
            body_stated AND by_committee, body_stated AND NOT maybe_by_committee, decided, p.reached >= 41)
        WHEN NOT branch_has_committee THEN 'not_applicable'
        ELSE 'unknown' END) AS "activist-decided-by-branch-committee",
    in_both(filing_2014, decide_both(
        known(filing_high, filing_low) >= activist_high, known(filing_high, filing_high) < activist_low,
        filed, p.reached >= 51, activist, p.reached >= 41)) AS "activist-filed-after-decision",
    in_both(contacts_2014, decide(
        contacts_from >= 1 AND contacts_most <= 2, contacts_most < 1 AND contacts_from IS NOT NULL OR contacts_from > 2,
        assigned, p.reached >= 61)) AS "contacts-one-or-two",
    in_both(review_2014, CASE
        WHEN full_least IS NULL OR NOT keeps_activist_review THEN decide(false, false, activist, p.reached >= 41)
        WHEN full_least >= 1 AND covered >= full_most THEN 'pass'
        WHEN full_least > 0 AND perhaps_covered < full_least THEN 'fail'
        WHEN full_most > 0 THEN 'unknown'
        WHEN prospect_there THEN 'not_applicable'
        ELSE 'pending' END) AS "review-every-half-year",
    in_both(listing_2014, decide_both(
        prospect_low >= months_later(activist_high, 12), prospect_high < months_later(activist_low, 12),
        discussed, p.reached >= 111, activist, p.reached >= 41)) AS "cultivated-one-year",
    CASE WHEN listing_maybe_2026
        THEN CASE WHEN listing_2026 THEN decide_both(
            known(notice_high, notice_low) >= stated(agreed_low, agreed_high),
            known(notice_high, notice_high) < stated(agreed_low, agreed_low),
            noticed, p.reached >= 106, consented, p.reached >= 101) ELSE 'unknown' END
        ELSE in_both(listing_2014, decide_both(
            known(listing_high, listing_low) >= stated(agreed_low, agreed_high),
            known(listing_high, listing_high) < stated(agreed_low, agreed_low),
            listed, p.reached >= 111, consented, p.reached >= 101)) END AS "superior-agrees-before-next-step",
    only_2026(listing_2014, listing_2026, listing_maybe_2026, decide(
        worked_least >= 5 AND worked_most IS NOT NULL, worked_most < 5 AND worked_least IS NOT NULL,
        noticed, p.reached >= 106)) AS "notice-five-working-days",
    only_2026(listing_2014, listing_2026, listing_maybe_2026, CASE
        WHEN noticed THEN decide_both(
            known(listing_high, listing_low) >= stated(notice_end_low, notice_end_high),
            known(listing_high, listing_high) < stated(notice_end_low, notice_end_low),
            listed, p.reached >= 111, noticed, p.reached >= 106)
        WHEN NOT noticed THEN 'not_applicable'
        ELSE 'unknown' END) AS "listed-after-notice",
    in_both(sponsors_2014, decide(
        sponsors_from >= 0 AND NOT coalesce(maybe_barred, false),
        sponsors_from >= 0 AND lists_with_barred = sponsor_lists,
        sponsored, p.reached >= 131)) AS "sponsors-with-rights",
    in_both(admission_2014, decide(
        politically_reviewed, false, politically_reviewed, p.reached >= 131)) AS "political-review-done",
    in_both(training_2014, decide(
        days_from >= 3 OR hours_from >= 24, days_from < 3 AND hours_from < 24 AND days_most < 3 AND hours_most < 24,
        trained, p.reached >= 131)) AS "training-long-enough",
    only_2026(admission_2014, admission_2026, admission_maybe_2026, decide_by_day(
        admitted_high <= meeting_due_low, admitted_low > meeting_due_high,
        admitted, examined, p.reached >= 161, meeting_due_low, meeting_due_high)) AS "meeting-within-one-month",
    in_both(admission_2014, decide(
        2 * present_from > should_most AND should_from IS NOT NULL,
        2 * present_most <= should_from AND present_from IS NOT NULL,
        met, p.reached >= 171)) AS "quorum-at-general-meeting",
    in_both(admission_2014, decide(
        2 * in_favour_from > should_most AND should_from IS NOT NULL,
        2 * in_favour_to <= should_from AND in_favour_from IS NOT NULL,
        met, p.reached >= 171)) AS "majority-at-general-meeting",
    in_both(approval_2014, decide_by_day(
        stated(approved_low, approved_high) <= months_later(submitted_low, CASE WHEN with_reason THEN 6 ELSE 3 END),
        stated(approved_low, approved_low) > months_later(submitted_high, CASE WHEN without_reason THEN 3 ELSE 6 END),
        concluded, submitted, p.reached >= 181, months_later(submitted_low, 6), months_later(submitted_high, 6)))
        AS "approved-within-three-months",
    in_both(approval_2014, decide_both(
        stated(probation_end_low, probation_end_low) >= months_later(admitted_high, 12) - 1
        AND stated(probation_end_low, probation_end_high) <= months_later(admitted_low, 12),
        stated(probation_end_low, probation_end_high) < months_later(admitted_low, 12) - 1
        OR stated(probation_end_low, probation_end_low) > months_later(admitted_high, 12),
        approved, p.reached >= 191, admitted, p.reached >= 171)) AS "probation-one-year",
    in_both(extension_2014, CASE
        WHEN extended IS NULL THEN 'unknown'
        WHEN NOT extended THEN 'not_applicable'
        WHEN stated(extension_end_low, extension_end_low)
                >= months_later(stated(extension_start_low, extension_start_high), 6) - 1
            AND stated(extension_end_low, extension_end_high)
                <= months_later(stated(extension_start_low, extension_start_low), 12) THEN 'pass'
        WHEN stated(extension_end_low, extension_end_high)
                < months_later(stated(extension_start_low, extension_start_low), 6) - 1
            OR stated(extension_end_low, extension_end_low)
                > months_later(stated(extension_start_low, extension_start_high), 12) THEN 'fail'
        ELSE 'unknown' END) AS "extended-half-to-one-year"
FROM notices;
