-- The rows of `scored` rolled up one step: over the periods begun in which the member is active.
with inside as (
    select a.member, a.number, a.number * r.of // r.size as outer_number
    from active as a
    join rollups as r on r.of = a.size
    join pass as o on o.step = r.step
    cross join params as q
    where a.role = case when r.step = 1 then 'settle' else 'through' end
        and a.number between q.first_month // r.of and q.last_month // r.of
),
counted_periods as (
    select i.member, i.outer_number, count(*) as periods, max(i.number) as last_number
    from inside as i
    group by i.member, i.outer_number
),
summed as (
    select
        i.member,
        s.figure,
        i.outer_number,
        sum(s.amount) as total,
        sum(s.amount) filter (where s.number = c.last_number) as last_amount
    from scored as s
    join inside as i on i.member = s.member and i.number = s.number
    join counted_periods as c on c.member = i.member and c.outer_number = i.outer_number
    group by i.member, s.figure, i.outer_number
),
every_figure as (
    select s.member, s.figure, s.outer_number
    from summed as s
    union
    select c.member, 0, c.outer_number
    from counted_periods as c
),
ceilinged as (
    select e.member, e.month // c.size as outer_number, min(c.at) as at
    from counted as e
    join ceilings as c on c.leaf = e.node and c.rolled
    join rollups as r on r.size = c.size
    join pass as o on o.step = r.step
    where not e.free and not e.beyond
    group by e.member, e.month // c.size
)
select
    f.member,
    f.figure,
    f.outer_number as number,
    least(
        case r.by
            when 'sum' then coalesce(s.total, 0)
            when 'mean' then half_up(coalesce(s.total, 0), c.periods)
            when 'last' then coalesce(s.last_amount, 0)
        end,
        case when f.figure = 0 then t.at end
    )::bigint as amount
from every_figure as f
join counted_periods as c on c.member = f.member and c.outer_number = f.outer_number
cross join pass as o
join rollups as r on r.step = o.step
left join summed as s on s.member = f.member and s.figure = f.figure and s.outer_number = f.outer_number
left join ceilinged as t on t.member = f.member and t.outer_number = f.outer_number
