-- One row per posting that the weight of a node of one level changed.
select
    f.member, f.place, f.node, 0 as ordinal, t.size, b.amount as came, f.amount as went,
    null::bigint as gross, null::bigint as total, null::bigint as at
from flow as f
cross join pass as o
join fold as n on n.node = f.node and n.level = o.level
join weights as t on t.node = f.node
join before as b on b.member = f.member and b.place = f.place
join watched as m on m.member = f.member
where b.amount <> f.amount
