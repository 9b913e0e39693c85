-- Of several scans of the same code, the one with the highest standing counts: the newest that read
-- its code; else the newest with another answer (no code, too large); else the newest failure.
create or replace macro scan_standing(its_status, its_time, its_id) as (
    row(
        its_status = 'ok',
        its_status in (
            select outcome_status.status
            from outcome_status
            where outcome_status.step = 'code' and outcome_status.means = 'answer'
        ),
        its_time,
        its_id
    )
);

comment on macro scan_standing is
'Rank of a scan among the scans of the same code. The scan with the highest rank counts: the '
'newest one that read the code, else the newest one with another answer (no code, too large), else '
'the newest failure.';
