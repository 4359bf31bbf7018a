-- One row per posting or sum on its way into the nodes of one level: from the level below, and posted there.
select f.member, n.up as node, f.origin, f.entry, f.kind, f.month, f.place, f.matter, f.amount
from flow as f
join fold as n on n.node = f.node
union all
select b.member, b.node, b.origin, b.entry, b.kind, b.month, b.place, b.matter, b.amount
from bucketed as b
join fold as n on n.node = b.node
join pass as o on o.level = n.level
