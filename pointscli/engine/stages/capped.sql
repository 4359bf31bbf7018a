-- The rows of `flow` after the monthly bounds of nodes where a month is one row: no order, so no window.
select
    f.member, f.node, f.origin, f.entry, f.kind, f.month, f.place, f.matter,
    case when c.node is null then f.amount else least(greatest(f.amount, c.min), c.max) end as amount
from flow as f
left join caps as c on c.node = f.node
