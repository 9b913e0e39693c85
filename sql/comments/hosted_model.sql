comment on table hosted_model is
'One row per module of a package that calls models over the API of a provider, '
'data/hosted_models.csv.';
comment on column hosted_model.module is
'The module. It stands for its submodules, too: google.genai for google.genai.types.';
comment on column hosted_model.language is 'Language of the import: import_fact.language.';
comment on column hosted_model.provider is
'The provider that hosts the models. several: the package calls models of several providers.';
comment on column hosted_model.package is 'Name by which pip installs the package.';
