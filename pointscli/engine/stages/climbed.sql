-- One row per member, node of one level, month and kind of posting: the sum that enters the node, after its monthly
-- bound where a month is one row (no order, so no window).
with summed as (
    select c.member, c.node, c.kind, c.month, min(c.place) // 2 * 2 as place, sum(c.amount)::bigint as amount
    from climbing as c
    semi join merged as m on m.node = c.node
    group by c.member, c.node, c.month, c.kind
)
select
    s.member,
    s.node,
    s.node as origin,
    null::bigint as entry,
    s.kind,
    s.month,
    s.place,
    null::bigint as matter,
    case when c.node is null then s.amount else least(greatest(s.amount, c.min), c.max) end as amount
from summed as s
left join caps as c on c.node = s.node
