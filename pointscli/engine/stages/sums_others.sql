-- One row per member, node and month: `sums` with the events that had to be looked at one by one.
with every as (
    select s.member, s.node, s.month, s.amount from sums as s
    union all
    select p.member, p.start, p.month, p.amount
    from priced as p
    semi join merged as m on m.node = p.start
)
select
    e.member::integer as member,
    e.node::integer as node,
    e.month::smallint as month,
    sum(e.amount)::bigint as amount
from every as e
group by e.member, e.node, e.month
