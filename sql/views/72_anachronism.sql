-- One row per judged paper, unit and moment whose framework is younger than the commit. If both the
-- framework and its variant are younger, the row names the framework. If only the month or year of
-- a release is known, its first day counts, so no row is a false alarm.
create or replace view anachronism as
with judged as (
    select
        paper_scan.*,
        repo_label.label,
        repo_label.family,
        repo_label.variant,
        repo_label.basis
    from paper_scan
    inner join repo_label using (scan_id)
)

select
    judged.paper_id,
    judged.unit_id,
    judged.moment,
    judged.label,
    framework_release.variant,
    judged.committed_at,
    framework_release.released_on,
    judged.is_of_time,
    case
        when list_contains(known_commit.notes, 'date_bounded')
            then 'the clock of the commit was wrong'
        when framework_release.variant is not null
            then 'names of the variant were in previews before its release'
        when judged.basis = 'declared' then 'only a list of packages names the framework'
        when repo.created_at > judged.committed_at + interval 30 days
            then 'commits are older than the repository: rewritten, or imported'
        else 'see the lines of evidence: adoption explain'
    end as explanation
from judged
inner join framework_release
    on
        judged.committed_at::date < framework_release.released_on
        and case
            when framework_release.variant is null
                then judged.label = framework_release.framework
            -- a variant of the family: Keras code can be for TensorFlow 2.x
            else
                judged.family = framework_release.framework
                and judged.variant = framework_release.variant
        end
left join known_commit
    on
        judged.moment = 'then'
        and judged.paper_id = known_commit.paper_id
        and judged.unit_id = known_commit.unit_id
left join unit on judged.unit_id = unit.unit_id
left join repo on unit.repo_id = repo.repo_id
qualify
    row_number() over (
        partition by judged.paper_id, judged.unit_id, judged.moment
        order by framework_release.variant nulls first
    ) = 1
order by judged.committed_at, judged.unit_id, judged.paper_id, judged.moment;

comment on view anachronism is
'One row per judged paper, unit and moment where the commit is older than the framework that its '
'code uses, or than the variant of the framework.';
comment on column anachronism.paper_id is 'The paper: paper.paper_id.';
comment on column anachronism.unit_id is 'The unit: paper_link.unit_id.';
comment on column anachronism.moment is 'then or now: paper_scan.moment.';
comment on column anachronism.label is 'The framework of the code: repo_label.label.';
comment on column anachronism.variant is
'The variant that is younger than the commit. Null if the framework itself is younger.';
comment on column anachronism.committed_at is 'Date of the commit: paper_scan.committed_at.';
comment on column anachronism.released_on is
'First day on which the public could use the framework or variant: framework_release.released_on.';
comment on column anachronism.is_of_time is
'Whether the repository has code of the time: paper_scan.is_of_time.';
comment on column anachronism.explanation is
'The likely reason why the commit is older than the framework.';
