-- Coverage: one row per combine of the nodes of one level that had several postings to compare.
select distinct 'combine' as what, c.node::bigint as owner, null::bigint as size, '' as key, 'hit' as side
from (
    select f.node
    from flow as f
    cross join pass as o
    join fold as n on n.node = f.node and n.level = o.level
    join combines as c on c.node = f.node and (f.matter is not null or not c.matter)
    group by f.member, f.node, f.month // c.size, case when c.matter then f.matter end
    having count(*) > 1
) as c
