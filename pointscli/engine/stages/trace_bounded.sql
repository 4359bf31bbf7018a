-- One row per posting that one bound of a node of one level changed: what came in and went on, the window's sum of
-- both so far, and the lowest ceiling so far.
with around as (
    select
        f.member, f.place, f.node, b.ordinal, b.size, c.amount as came, f.amount as went,
        sum(c.amount) over w as gross,
        sum(f.amount) over w as total,
        min(e.at) over w as at
    from flow as f
    cross join pass as o
    join fold as n on n.node = f.node and n.level = o.level
    join bounds as b on b.node = f.node and b.ordinal = o.ordinal
    join before as c on c.member = f.member and c.place = f.place
    join watched as m on m.member = f.member
    left join ceilings as e
        on f.place % 2 = 1 and e.leaf = f.origin and e.node = f.node and e.size = b.size and not e.rolled
    window w as (partition by f.member, f.node, f.month // b.size order by f.place rows unbounded preceding)
)
select a.member, a.place, a.node, a.ordinal, a.size, a.came, a.went, a.gross::bigint, a.total::bigint, a.at
from around as a
where a.came <> a.went
