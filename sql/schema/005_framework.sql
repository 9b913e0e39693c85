-- What a framework is stands once: in data/frameworks.csv. A module names its framework, and the
-- framework knows its family.
create table framework (
    framework varchar primary key,
    name varchar not null,
    family varchar not null,
    style varchar check (style in ('graph', 'eager')),
    colour varchar not null
);
comment on table framework is 'One row per framework, data/frameworks.csv. The row none stands for code that imports no framework.';
comment on column framework.framework is 'The framework''s key in every table and view.';
comment on column framework.name is 'Its name for readers.';
comment on column framework.family is 'The framework that it is counted with: tensorflow for keras, itself for all others.';
comment on column framework.style is 'graph or eager where its code has one style only; else null.';
comment on column framework.colour is 'Its colour on every chart, as #rrggbb.';

alter table framework_module drop column family;
comment on table framework_module is 'Which framework a module means, data/framework_modules.csv. The longest matching prefix wins.';
comment on column framework_module.framework is 'The framework that the module is or stands on: framework.framework. The row none stops a shorter prefix from matching.';

create table star_bucket (
    stars_from bigint primary key
);
comment on table star_bucket is 'One row per number of stars that the site can filter by, data/star_buckets.csv.';
comment on column star_bucket.stars_from is 'Least number of stars.';
