-- One row per member, node of one level, month and kind of posting: the sum that enters the node.
select
    c.member,
    c.node,
    c.node as origin,
    null::bigint as entry,
    c.kind,
    c.month,
    min(c.place) // 2 * 2 as place,
    null::bigint as matter,
    sum(c.amount)::bigint as amount
from climbing as c
semi join merged as m on m.node = c.node
group by c.member, c.node, c.month, c.kind
