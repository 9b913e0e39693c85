comment on table paper_alias is
'One row per other id of a paper. Sources give different ids to one paper; paper and paper_link '
'hold only paper_id.';
comment on column paper_alias.alias is 'The id that a source gives.';
comment on column paper_alias.paper_id is 'The paper: paper.paper_id.';
comment on column paper_alias.reason is 'The value that both ids share: doi or title.';
