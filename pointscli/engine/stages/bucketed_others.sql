-- One row per posting that stands alone: events at nodes that compare them, grants, posted totals.
select
    p.member, p.start as node, p.node as origin, p.entry, 1::bigint as kind, p.month, p.place, p.matter, p.amount, 1 as events
from priced as p
anti join merged as m on m.node = p.start
union all
select g.member, n.start, g.node, null, 0, g.month, g.first_day * 34359738368 + g.node * 2, null, g.amount, 0
from granted as g
join nodes as n on n.node = g.node
union all
select
    t.member, n.start, t.node, null, 2, t.month, t.last_day * 34359738368 + 2 * 8589934592 + t.node * 2, null, t.amount, 0
from totals as t
join nodes as n on n.node = t.node
