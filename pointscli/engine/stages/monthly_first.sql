-- One row per member, node of the deepest level, month and kind: the sum that enters the node, after its monthly bound
-- where a month is one row.
select
    p.member, p.node, p.month, p.kind,
    case when c.node is null then p.amount else least(greatest(p.amount, c.min), c.max) end as amount
from monthly as p
semi join (select node from fold where level = (select max(level) from fold)) as n on n.node = p.node
left join caps as c on c.node = p.node
