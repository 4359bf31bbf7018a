-- One row per grant posted: on the first day of its window, or of the first settlement period in it where the
-- member is active (windows no shorter than the settlement period); a shorter window inside active periods.
with offered as (
    select
        a.member,
        a.spell,
        g.node,
        g.version,
        g.size,
        g.points,
        a.first_month + t.step * g.size as month,
        row_number() over (
            partition by a.member, g.node, (a.first_month + t.step * g.size) // g.size order by a.number
        ) as nth
    from grants as g
    join active as a on a.role = 'settle' and a.version = g.version
    cross join unnest(range(greatest(a.size // g.size, 1))) as t(step)
)
select
    o.member,
    o.node,
    o.version,
    o.month,
    m.first_day,
    o.month // o.size as number,
    o.size,
    coalesce(o.points, r.points) as amount
from offered as o
cross join params as q
join months as m on m.month = o.month
left join grant_rates as r on r.node = o.node and r.spell = o.spell
where o.nth = 1 and m.first_day <= q.cut
