-- One row per outcome and ranked member who may be on its list, with the keys that order it (largest first).
with failed as (
    select r.member, c.outcome
    from ranked as r
    cross join conditions as c
    left join judged as j on j.member = r.member and j.figure = c.figure
    where not coalesce(
        case c.op
            when '>=' then j.amount >= c.value
            when '>' then j.amount > c.value
            when '<=' then j.amount <= c.value
            when '<' then j.amount < c.value
            when '=' then j.amount = c.value
            when '!=' then j.amount <> c.value
        end,
        false
    )
),
excluded as (
    select distinct c.member, x.outcome
    from counted as c
    join excepts as x on x.node = c.node
    cross join params as q
    where c.month between q.first_month and q.last_month
),
keyed as (
    select o.outcome, r.member, list(case when o.bottom then -v.amount else v.amount end order by k.ordinal) as keys
    from outcomes as o
    cross join ranked as r
    join (
        select o.outcome, 0 as ordinal, o.by as figure from outcomes as o
        union all
        select o.outcome, k.ordinal, k.figure from outcomes as o cross join rank_keys as k
    ) as k on k.outcome = o.outcome
    join valued as v on v.member = r.member and v.figure = k.figure
    where r.ranked
    group by o.outcome, r.member
)
select o.outcome, r.member, g.group_no, k.keys
from outcomes as o
cross join ranked as r
join passes as p on p.filter = o.filter and p.spell = r.spell
join groups as g on g.grouping = o.grouping and g.spell = r.spell
join keyed as k on k.outcome = o.outcome and k.member = r.member
anti join failed as f on f.outcome = o.outcome and f.member = r.member
anti join excluded as x on x.outcome = o.outcome and x.member = r.member
where r.ranked and (not o.positive or k.keys[1] > 0)
