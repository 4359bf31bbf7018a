-- One row per listed member and figure, as published: rounded once.
with exact as (
    select l.member, f.figure, coalesce(s.amount, 0) as amount
    from listed as l
    cross join (select distinct figure from figures) as f
    left join scored as s on s.member = l.member and s.figure = f.figure
    union all
    select l.member, q.earned, coalesce(sum(f.amount), 0)
    from listed as l
    cross join params as q
    left join flow as f
        on f.member = l.member and f.kind <> 0 and f.month between q.first_month and q.last_month
    group by l.member, q.earned
)
select e.member, e.figure, published(e.amount, q.decimals, q.rounding)::bigint as amount
from exact as e
cross join params as q
