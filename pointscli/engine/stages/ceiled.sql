-- The rows of `flow` and, at the nodes of one level that events can bound, a posting of 0 for each such event.
select f.* from flow as f
union all
select
    e.member, c.node, e.node as origin, e.entry, 1 as kind, e.month, e.place + 1 as place, e.matter, 0 as amount
from counted as e
join (select distinct leaf, node from ceilings where not rolled) as c on c.leaf = e.node
join fold as n on n.node = c.node
join pass as o on o.level = n.level
where not e.free and not e.beyond
