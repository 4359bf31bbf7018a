-- One row per member, node, month and kind: the sum of grants (0) or posted totals (2).
with every as (
    select g.member, n.start as node, g.month, 0 as kind, g.amount
    from granted as g
    join nodes as n on n.node = g.node
    union all
    select t.member, n.start, t.month, 2, t.amount
    from totals as t
    join nodes as n on n.node = t.node
)
select
    e.member::integer as member,
    e.node::integer as node,
    e.month::smallint as month,
    e.kind::tinyint as kind,
    sum(e.amount)::bigint as amount
from every as e
group by e.member, e.node, e.month, e.kind
