-- The rows of `flow` after those of one level went up to the next node that does something.
select f.member, coalesce(n.up, f.node) as node, f.origin, f.entry, f.kind, f.month, f.place, f.matter, f.amount
from flow as f
cross join pass as o
left join fold as n on n.node = f.node and n.level = o.level
