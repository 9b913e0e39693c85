comment on table paper_link is
'One row per claim of a source that the code of a paper is at a link.';
comment on column paper_link.paper_id is 'The paper: paper.paper_id.';
comment on column paper_link.source is
'The paper source: pwc (Papers with Code), huggingface, arxiv, arxiv_query, joss, anthology '
'(ACL Anthology), pmlr (Proceedings of Machine Learning Research), conferences, openreview, or '
'list (a list that the user gives).';
comment on column paper_link.raw_link is 'The link exactly as the source gives it.';
comment on column paper_link.unit_id is
'The unit that the link points at: host/owner/name in lower case, then :subdirectory if any, then '
'@ref if any. Null for an unusable link.';
comment on column paper_link.host is 'Host of the repository, in lower case.';
comment on column paper_link.owner is 'Owner as written in the link.';
comment on column paper_link.name is 'Repository name as written in the link.';
comment on column paper_link.ref is 'Branch, tag or commit that the link names. Null for none.';
comment on column paper_link.subdir is
'Directory inside the repository; empty for the whole repository.';
comment on column paper_link.flags is
'Changes and doubts of the parser: repaired, maybe_page_number, file_link, ref_may_have_slash, '
'tail_without_tree, shortened.';
comment on column paper_link.problem is
'Why the link names no repository: outcome_status, step links. Null where it names one.';
comment on column paper_link.problem_message is 'The problem in one sentence.';
comment on column paper_link.is_official is
'Whether the authors published this code, according to the source. Null where the source does not '
'say.';
comment on column paper_link.source_label is
'The framework that the source claims, in its own words: source_label.source_label in any case.';
comment on column paper_link.seen_at is 'When the source first gave this link (UTC).';
comment on column paper_link.source_stars is
'Stars of the repository, from the source. Null where it never gave any.';
