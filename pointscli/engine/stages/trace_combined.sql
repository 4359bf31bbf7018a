-- One row per posting that the combine of a node of one level changed; `before` and `flow` are around that pass.
select
    f.member, f.place, f.node, 0 as ordinal, c.size, b.amount as came, f.amount as went,
    null::bigint as gross, null::bigint as total, null::bigint as at
from flow as f
cross join pass as o
join fold as n on n.node = f.node and n.level = o.level
join combines as c on c.node = f.node and (f.matter is not null or not c.matter)
join before as b on b.member = f.member and b.place = f.place
join watched as m on m.member = f.member
where b.amount <> f.amount
