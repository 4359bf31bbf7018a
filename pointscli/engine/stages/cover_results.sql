-- Coverage: one row per review stage, grade, star and outcome that an event or member reached or missed.
select distinct
    'stage' as what,
    n.version::bigint as owner,
    null::bigint as size,
    least(coalesce(r.stage, e.stage) + coalesce(r.steps, 0), v.last_stage)::varchar as key,
    'hit' as side
from entries as e
join nodes as n on n.node = e.node
join versions as v on v.version = n.version and v.here
left join replayed as r on r.entry = e.entry
where e.stage is not null
union all
select distinct 'grade', null, null, r.grade::varchar, 'hit' from ranked as r where r.grade is not null
union all
select distinct 'stars', null, null, r.stars::varchar, 'hit' from ranked as r where r.stars is not null
union all
select distinct 'outcome', o.outcome, null, '', case when t.member is null then 'false' else 'true' end
from outcomes as o
join ranked as r on r.ranked
left join taken as t on t.outcome = o.outcome and t.member = r.member
union all
select distinct
    'condition', c.outcome, null, c.figure || ' ' || c.op || ' ' || c.value,
    case
        when case c.op
            when '>=' then j.amount >= c.value
            when '>' then j.amount > c.value
            when '<=' then j.amount <= c.value
            when '<' then j.amount < c.value
            when '=' then j.amount = c.value
            when '!=' then j.amount <> c.value
        end then 'true'
        else 'false'
    end
from conditions as c
join ranked as r on r.ranked
left join judged as j on j.member = r.member and j.figure = c.figure
union all
select distinct 'except', x.outcome, null, x.node::varchar, 'hit'
from excepts as x
cross join params as q
join counted as c on c.node = x.node and c.month between q.first_month and q.last_month
join ranked as r on r.member = c.member and r.ranked
