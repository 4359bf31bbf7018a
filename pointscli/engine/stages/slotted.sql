-- The rows of `counted` after the numbers of events of one window size (`pass.size`), shorter windows before.
-- An event takes a place in a longer window only if the shorter ones had one for it.
select
    c.entry,
    c.member,
    c.node,
    c.start,
    c.version,
    c.month,
    c.place,
    c.quantity,
    c.level,
    c.points,
    c.matter,
    c.named,
    c.free or coalesce(row_number() over w <= s.free, false) as free,
    c.beyond or coalesce(sum((not c.beyond)::int) over w > s.times, false) as beyond
from counted as c
cross join pass as o
join slots as s on s.node = c.node and s.size = o.size
window w as (partition by c.member, c.node, c.month // o.size order by c.place)
union all
select c.*
from counted as c
cross join pass as o
anti join slots as s on s.node = c.node and s.size = o.size
