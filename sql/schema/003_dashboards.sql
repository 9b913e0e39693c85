-- What the dashboards need beside labels: stars that sources tell, and a reference series.
alter table paper_link add column source_stars bigint;
comment on column paper_link.source_stars is 'Stars of the repository as the source tells them, on whatever day it looked.';

create table he2019 (
    conference varchar not null,
    year integer not null,
    month integer not null,
    pytorch bigint not null,
    tensorflow bigint not null,
    papers bigint not null,
    primary key (conference, year)
);
comment on table he2019 is 'Papers of conferences whose text mentions PyTorch or TensorFlow: Horace He, The State of Machine Learning Frameworks in 2019 (The Gradient), his data table as last updated.';
comment on column he2019.conference is 'Conference.';
comment on column he2019.year is 'Year of the conference.';
comment on column he2019.month is 'Month in which it was held.';
comment on column he2019.pytorch is 'Papers that mention PyTorch.';
comment on column he2019.tensorflow is 'Papers that mention TensorFlow.';
comment on column he2019.papers is 'All papers of the conference.';
