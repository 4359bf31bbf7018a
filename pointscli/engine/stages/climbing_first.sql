-- One row per posting or sum that enters a node of the deepest level.
select b.member, b.node, b.origin, b.entry, b.kind, b.month, b.place, b.matter, b.amount
from bucketed as b
join fold as n on n.node = b.node
join pass as o on o.level = n.level
