-- One row per member, node, month and kind of posting: the sum of what is posted where the order does not matter.
-- `place` stands for the order of kinds and months; `events` is the number of events.
select
    p.member,
    p.start as node,
    p.start as origin,
    null::bigint as entry,
    1::bigint as kind,
    p.month,
    min(p.place) as place,
    null::bigint as matter,
    sum(p.amount)::bigint as amount,
    count(*) as events
from priced as p
semi join merged as m on m.node = p.start
group by p.member, p.start, p.month
