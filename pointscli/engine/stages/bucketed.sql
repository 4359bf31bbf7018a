-- One row per member, node, month and kind of posting: the sum of what is posted where the order does not matter.
-- `place` stands for the order of kinds and months.
select
    s.member::bigint as member,
    s.node::bigint as node,
    s.node::bigint as origin,
    null::bigint as entry,
    1::bigint as kind,
    s.month::bigint as month,
    m.first_day * 34359738368 + 8589934592 as place,
    null::bigint as matter,
    s.amount
from sums as s
join months as m on m.month = s.month
