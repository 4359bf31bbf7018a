-- One row per member, node and month: the sum of the events whose price depends on nothing but themselves.
select n.member, r.node, n.month, sum(r.amount)::bigint as amount
from usable as n
join rates as r on r.code = n.code
group by n.member, r.node, n.month
