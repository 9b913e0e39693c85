comment on table framework_module is
'One row per module that means a framework, data/framework_modules.csv. The longest matching '
'prefix wins.';
comment on column framework_module.module is
'The module. The row also covers everything below it: torch covers torch.nn.';
comment on column framework_module.language is
'Language in which code imports the module: import_fact.language.';
comment on column framework_module.framework is
'The framework that the module is or is built on: framework.framework. none keeps a shorter '
'prefix from matching.';
comment on column framework_module.note is 'The reason, where it is not obvious.';
