-- One row per member, bound (`pass.ordinal`) of a node of one level and window: the sum after that bound.
select f.member, f.node, b.ordinal, b.size, f.month // b.size as number, sum(f.amount)::bigint as total
from flow as f
cross join pass as o
join fold as n on n.node = f.node and n.level = o.level
join bounds as b on b.node = f.node and b.ordinal = o.ordinal
join watched as m on m.member = f.member
group by f.member, f.node, b.ordinal, b.size, f.month // b.size
