-- Coverage: one row per ceiling on a rolled-up score that holds one down. Reads `scored` after the step.
select distinct 'ceiling' as what, c.leaf::bigint as owner, c.size::bigint as size, '' as key, 'hit' as side
from counted as e
join ceilings as c on c.leaf = e.node and c.rolled
join rollups as r on r.size = c.size
join pass as o on o.step = r.step
join scored as s on s.member = e.member and s.figure = 0 and s.number = e.month // c.size
where not e.free and not e.beyond and s.amount = c.at
