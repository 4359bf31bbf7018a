-- The rows of `flow` after the weights of the nodes of one level, telescoped within the settlement period.
with weighed as (
    select
        f.*,
        t.size,
        half_up(t.num * sum(f.amount) over w, t.den) as total
    from flow as f
    cross join pass as o
    join fold as n on n.node = f.node and n.level = o.level
    join weights as t on t.node = f.node
    window w as (partition by f.member, f.node, f.month // t.size order by f.place rows unbounded preceding)
)
select
    s.member, s.node, s.origin, s.entry, s.kind, s.month, s.place, s.matter,
    (s.total - coalesce(lag(s.total) over v, 0))::bigint as amount
from weighed as s
window v as (partition by s.member, s.node, s.month // s.size order by s.place)
union all
select f.*
from flow as f
cross join pass as o
left join fold as n on n.node = f.node and n.level = o.level
left join weights as t on t.node = n.node
where t.node is null
