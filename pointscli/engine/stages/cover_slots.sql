-- Coverage: one row per limit of one window (`pass.size`) and what happened: an event was within it or not.
-- Reads `counted` before the limits of that window.
with placed as (
    select
        c.node,
        s.size,
        s.free,
        s.times,
        c.beyond,
        row_number() over w as nth,
        sum((not c.beyond)::int) over w as taken
    from counted as c
    cross join pass as o
    join slots as s on s.node = c.node and s.size = o.size
    window w as (partition by c.member, c.node, c.month // o.size order by c.place)
)
select distinct
    'free' as what,
    p.node::bigint as owner,
    p.size::bigint as size,
    '' as key,
    case when p.nth <= p.free then 'bit' else 'spared' end as side
from placed as p
where p.free is not null
union all
select distinct 'times', p.node, p.size, '', case when p.taken > p.times then 'bit' else 'spared' end
from placed as p
where p.times is not null and not p.beyond
