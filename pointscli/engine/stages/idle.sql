-- One row per event and member whose price depends on nothing else, where the member is not active.
select n.member
from usable as n
join rates as r on r.code = n.code
join nodes as o on o.node = r.node
join versions as v on v.version = o.version
anti join active as a
    on a.role = 'settle' and a.member = n.member and a.version = o.version and a.number = n.month // v.settle
