-- The rows of `flow`, one a month and kind, after one bound (`pass.ordinal`): credit = clamp(so far) - clamp(before).
with inside as (
    select f.*, b.size, b.min as low, b.max as high
    from flow as f
    cross join pass as o
    join bounds as b on b.node = f.node and b.ordinal = o.ordinal
),
so_far as (
    select i.*, least(greatest(sum(i.amount) over w, i.low), i.high) as total
    from inside as i
    window w as (partition by i.member, i.node, i.month // i.size order by i.month, i.kind rows unbounded preceding)
)
select s.member, s.node, s.month, s.kind, (s.total - coalesce(lag(s.total) over v, 0))::bigint as amount
from so_far as s
window v as (partition by s.member, s.node, s.month // s.size order by s.month, s.kind)
union all
select f.*
from flow as f
cross join pass as o
left join bounds as b on b.node = f.node and b.ordinal = o.ordinal
where b.node is null
