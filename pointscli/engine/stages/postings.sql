-- One row per amount posted: a priced event (kind 1), a grant (0) or a posted total (2), at the node where it
-- enters the fold. `place` orders a member's postings: day, kind, then event order (or node order).
select
    p.member,
    p.start as node,
    p.node as origin,
    p.entry,
    1 as kind,
    p.month,
    p.place,
    p.matter,
    p.amount
from priced as p
union all
select g.member, n.start, g.node, null, 0, g.month, g.first_day * 34359738368 + g.node * 2, null, g.amount
from granted as g
join nodes as n on n.node = g.node
union all
select
    t.member, n.start, t.node, null, 2, t.month, t.last_day * 34359738368 + 2 * 8589934592 + t.node * 2, null, t.amount
from totals as t
join nodes as n on n.node = t.node
