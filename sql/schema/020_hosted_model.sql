-- Modules of packages that call models over the API of a provider, data/hosted_models.csv.
create table hosted_model (
    module varchar not null,
    language varchar not null,
    provider varchar not null,
    package varchar not null,
    primary key (language, module)
);
