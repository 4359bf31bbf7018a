-- The rows of `flow`, one a month and kind, after the weights, telescoped within the settlement period.
with weighed as (
    select f.*, t.size, half_up(t.num * sum(f.amount) over w, t.den) as total
    from flow as f
    join weights as t on t.node = f.node
    window w as (partition by f.member, f.node, f.month // t.size order by f.month, f.kind rows unbounded preceding)
)
select s.member, s.node, s.month, s.kind, (s.total - coalesce(lag(s.total) over v, 0))::bigint as amount
from weighed as s
window v as (partition by s.member, s.node, s.month // s.size order by s.month, s.kind)
union all
select f.*
from flow as f
anti join weights as t on t.node = f.node
