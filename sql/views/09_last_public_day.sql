-- The last day on which a paper may have come out. Its date may be a day, a month or a year.
create or replace macro last_public_day(published_on, date_precision) as (
    case date_precision
        when 'day' then published_on
        when 'month' then last_day(published_on)
        when 'year' then make_date(year(published_on), 12, 31)
    end
);

comment on macro last_public_day is
'Last day on which a paper may have come out: paper.published_on, or the last day of its month or '
'year if only that is known.';
