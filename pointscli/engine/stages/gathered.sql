-- One row per member, figure and settlement period: what a node of one level passes on (rows are added level by level).
select f.member, g.figure, f.month // q.settle as number, sum(f.amount)::bigint as amount
from flow as f
cross join pass as o
cross join params as q
join fold as n on n.node = f.node and n.level = o.level
join figures as g on g.node = f.node
group by f.member, g.figure, f.month // q.settle
