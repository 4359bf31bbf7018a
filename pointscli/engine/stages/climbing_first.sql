-- One row per posting or sum that enters a node of the deepest level, after its monthly bound where a month is one row.
select
    b.member, b.node, b.origin, b.entry, b.kind, b.month, b.place, b.matter,
    case when c.node is null then b.amount else least(greatest(b.amount, c.min), c.max) end as amount
from bucketed as b
join fold as n on n.node = b.node
join pass as o on o.level = n.level
left join caps as c on c.node = b.node
