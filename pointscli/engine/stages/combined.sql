-- The rows of `flow` after the combine of the nodes of one level: credit = F(so far) - F(before).
-- By matter only events of the same matter are compared; those without one pass as they are.
with compared as (
    select f.*, c.how, c.size, c.matter as by_matter
    from flow as f
    cross join pass as o
    join fold as n on n.node = f.node and n.level = o.level
    join combines as c on c.node = f.node and (f.matter is not null or not c.matter)
),
so_far as (
    select
        c.*,
        case c.how
            when 'highest' then max(c.amount) over w
            when 'lowest' then min(c.amount) over w
            when 'latest' then c.amount
            when 'mean' then half_up(sum(c.amount) over w, count(*) over w)
        end as total
    from compared as c
    window w as (
        partition by c.member, c.node, c.month // c.size, case when c.by_matter then c.matter end
        order by c.place
        rows unbounded preceding
    )
)
select
    s.member, s.node, s.origin, s.entry, s.kind, s.month, s.place, s.matter,
    (s.total - coalesce(lag(s.total) over v, 0))::bigint as amount
from so_far as s
window v as (
    partition by s.member, s.node, s.month // s.size, case when s.by_matter then s.matter end order by s.place
)
union all
select f.*
from flow as f
cross join pass as o
left join fold as n on n.node = f.node and n.level = o.level
left join combines as c on c.node = n.node and (f.matter is not null or not c.matter)
where c.node is null
