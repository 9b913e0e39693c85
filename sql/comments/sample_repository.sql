comment on table sample_repository is
'One row per drawn repository of a recorded sample, also those that could not be read. Empty if '
'the code does not come from a sample.';
comment on column sample_repository.repository is
'The repository: host/owner/name in lower case.';
comment on column sample_repository.stratum is
'The stratum that it was drawn from: the field of its paper''s venue (venue.area), pwc for links '
'of Papers with Code, other for papers without a known venue.';
comment on column sample_repository.year is 'Year of its paper. 0 where it is unknown.';
comment on column sample_repository.place is
'Its place in the random order of its stratum and year. The repositories with the first places '
'were drawn.';
comment on column sample_repository.cell_size is
'Number of repositories in the lists with its stratum and year.';
comment on column sample_repository.weight is
'Repositories of the lists that it stands for: cell_size / drawn repositories of the stratum and '
'year.';
comment on column sample_repository.outcome is
'Status of the scan of its newest commit: scan.status. Null if there is none.';
