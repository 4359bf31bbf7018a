-- The rows of `sums` in settlement periods in which the member is active.
select s.*
from sums as s
join nodes as n on n.node = s.node
join versions as v on v.version = n.version
semi join active as a
    on a.role = 'settle' and a.member = s.member and a.version = n.version and a.number = s.month // v.settle
