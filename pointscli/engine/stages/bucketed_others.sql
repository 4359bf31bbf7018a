-- One row per grant and per posted total.
select
    g.member, n.start as node, g.node as origin, null::bigint as entry, 0::bigint as kind, g.month,
    g.first_day * 34359738368 + g.node * 2 as place, null::bigint as matter, g.amount
from granted as g
join nodes as n on n.node = g.node
union all
select
    t.member, n.start, t.node, null, 2, t.month, t.last_day * 34359738368 + 2 * 8589934592 + t.node * 2, null, t.amount
from totals as t
join nodes as n on n.node = t.node
