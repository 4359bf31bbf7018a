-- One row per posted total: by the window's quantity, on its last day, for every active member, once it is over.
with due as (
    select a.member, a.version, p.node, p.size, m.month, m.last_day
    from prices as p
    join nodes as n on n.node = p.node
    join active as a on a.role = 'settle' and a.version = n.version
    cross join params as q
    join months as m
        on m.month >= a.first_month and m.month < a.first_month + a.size
        and (m.month + 1) % p.size = 0 and m.last_day <= q.cut
    where p.form = 'total'
),
summed as (
    select d.member, d.node, d.month, d.last_day, coalesce(sum(c.quantity), 0) as quantity
    from due as d
    left join counted as c
        on c.member = d.member and c.node = d.node and c.month // d.size = d.month // d.size
        and not c.free and not c.beyond
    group by d.member, d.node, d.month, d.last_day
)
select s.member, s.node, s.month, s.last_day, arg_max(b.points, b.low) as amount
from summed as s
join bands as b on b.node = s.node and b.low <= s.quantity
group by s.member, s.node, s.month, s.last_day
