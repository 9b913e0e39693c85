-- TensorFlow 1.x and 2.x are called variants, here as in the views.
alter table framework_api rename column generation to variant;
comment on column framework_api.variant is '1.x or 2.x where code of the other variant has no use for the name.';
