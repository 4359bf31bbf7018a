-- One row per member, node of one level, month and kind: the sum that enters the node, from below and posted there,
-- after its monthly bound where a month is one row.
with entering as (
    select f.member, n.up::integer as node, f.month, f.kind, f.amount
    from flow as f
    join fold as n on n.node = f.node
    union all
    select p.member, p.node, p.month, p.kind, p.amount
    from monthly as p
    semi join (select n.node from fold as n join pass as o on o.level = n.level) as n on n.node = p.node
),
summed as (
    select e.member, e.node, e.month, e.kind, sum(e.amount)::bigint as amount
    from entering as e
    group by e.member, e.node, e.month, e.kind
)
select
    s.member, s.node, s.month, s.kind,
    case when c.node is null then s.amount else least(greatest(s.amount, c.min), c.max) end as amount
from summed as s
left join caps as c on c.node = s.node
