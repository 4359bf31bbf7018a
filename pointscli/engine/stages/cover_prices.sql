-- Coverage: one row per item, level, band, count and grant that an event or member met.
with due as (
    select c.*, p.form, p.size, p.split, p.max_quantity
    from counted as c
    join prices as p on p.node = c.node
),
summed as (
    select t.node, coalesce(sum(d.quantity), 0) as quantity
    from totals as t
    join prices as p on p.node = t.node
    left join due as d
        on d.member = t.member and d.node = t.node and d.month // p.size = t.month // p.size
        and not d.free and not d.beyond
    group by t.member, t.node, t.month
),
numbered as (
    select
        d.node,
        row_number() over (partition by d.member, d.node, d.month // d.size order by d.place) as n
    from due as d
    where d.form = 'count' and not d.free and not d.beyond
)
select distinct 'item' as what, d.node::bigint as owner, null::bigint as size, '' as key, 'hit' as side
from due as d
union all
select distinct 'level', d.node, null, n.name, 'hit'
from due as d
join level_names as n on n.level = d.level
where d.form = 'levels'
union all
select distinct
    'band', d.node, null,
    (select max(b.low) from bands as b where b.node = d.node and b.low <= d.quantity)::varchar, 'hit'
from due as d
where d.form = 'bands'
union all
select distinct
    'band', s.node, null,
    (select max(b.low) from bands as b where b.node = s.node and b.low <= s.quantity)::varchar, 'hit'
from summed as s
union all
select distinct 'count', n.node, null, least(n.n, (select max(c.n) from counts as c where c.node = n.node))::varchar, 'hit'
from numbered as n
union all
select distinct 'max_quantity', c.node, null, '', case when d.quantity > c.max_quantity then 'bit' else 'spared' end
from due as c
join decided as d on d.entry = c.entry
where c.max_quantity is not null
union all
select distinct 'split', d.node, null, '', 'hit' from due as d where d.split and d.named > 1
union all
select distinct 'grant', g.node, null, a.spell::varchar, 'hit'
from granted as g
join active as a
    on a.role = 'settle' and a.member = g.member and a.version = g.version and a.number = g.month // a.size
