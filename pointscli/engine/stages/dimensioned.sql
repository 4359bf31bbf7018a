-- One row per member, dimension and settlement period: what the root credits to the postings of a label.
-- Dimensions are figures after all others (the last one is the grade).
select
    f.member, q.grade + 1 + n.dimension as figure, f.month // q.settle as number, sum(f.amount)::bigint as amount
from flow as f
cross join params as q
join nodes as n on n.node = f.origin
group by f.member, q.grade + 1 + n.dimension, f.month // q.settle
