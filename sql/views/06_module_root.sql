-- The first part of a module's name, up to a dot or slash; empty for a relative module.
create or replace macro module_root(module) as regexp_extract(module, '^[^./]+');

comment on macro module_root is
'First part of a module''s name: torch for torch.nn. Empty for a relative module.';
