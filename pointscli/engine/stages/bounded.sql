-- The rows of `flow` after one bound (`pass.ordinal`) of the nodes of one level: credit = clamp(so far) - clamp(before).
-- A ceiling event lowers the maximum from its place on, in its windows.
with inside as (
    select f.*, b.size, b.min as low, b.max as high, coalesce(c.at, 9223372036854775807) as at
    from flow as f
    cross join pass as o
    join fold as n on n.node = f.node and n.level = o.level
    join bounds as b on b.node = f.node and b.ordinal = o.ordinal
    left join ceilings as c
        on f.place % 2 = 1 and c.leaf = f.origin and c.node = f.node and c.size = b.size and not c.rolled
),
so_far as (
    select
        i.*,
        least(greatest(sum(i.amount) over w, i.low), i.high, min(i.at) over w) as total
    from inside as i
    window w as (partition by i.member, i.node, i.month // i.size order by i.place rows unbounded preceding)
)
select
    s.member, s.node, s.origin, s.entry, s.kind, s.month, s.place, s.matter,
    (s.total - coalesce(lag(s.total) over v, 0))::bigint as amount
from so_far as s
window v as (partition by s.member, s.node, s.month // s.size order by s.place)
union all
select f.*
from flow as f
cross join pass as o
left join fold as n on n.node = f.node and n.level = o.level
left join bounds as b on b.node = n.node and b.ordinal = o.ordinal
where b.node is null
