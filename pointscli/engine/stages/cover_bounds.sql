-- Coverage: one row per bound (`pass.ordinal`) of the nodes of one level and what happened: a window's total
-- reached it, or stayed inside to the end. Reads `flow` before that bound.
with so_far as (
    select
        f.member, f.node, f.place, f.month // b.size as number, b.size, b.min as low, b.max as high,
        sum(f.amount) over (
            partition by f.member, f.node, f.month // b.size order by f.place rows unbounded preceding
        ) as total
    from flow as f
    cross join pass as o
    join fold as n on n.node = f.node and n.level = o.level
    join bounds as b on b.node = f.node and b.ordinal = o.ordinal
),
summed as (
    select
        s.node,
        s.size,
        bool_or(s.total >= s.high) as filled,
        bool_or(s.total <= s.low) as emptied,
        arg_max(s.total, s.place) < any_value(s.high) as below,
        arg_max(s.total, s.place) > any_value(s.low) as above
    from so_far as s
    group by s.member, s.node, s.size, s.number
)
select distinct 'max' as what, s.node::bigint as owner, s.size::bigint as size, '' as key, 'reached' as side
from summed as s where s.filled
union all
select distinct 'max', s.node, s.size, '', 'open' from summed as s where s.below
union all
select distinct 'min', s.node, s.size, '', 'reached' from summed as s where s.emptied
union all
select distinct 'min', s.node, s.size, '', 'open' from summed as s where s.above
union all
select distinct 'ceiling', c.leaf, c.size, '', 'hit'
from flow as e
cross join pass as o
join fold as n on n.node = e.node and n.level = o.level
join ceilings as c on c.leaf = e.origin and c.node = e.node and not c.rolled
join so_far as s
    on s.member = e.member and s.node = e.node and s.size = c.size and s.number = e.month // c.size
    and s.place >= e.place
where e.place % 2 = 1 and least(s.total, s.high) > c.at
