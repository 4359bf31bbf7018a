-- One row per variant of event, as `decided` has it: who has it and when is not asked, so it may count.
select
    e.code as entry,
    null::bigint as member,
    e.node,
    n.version,
    n.start,
    null::bigint as month,
    null::bigint as place,
    e.quantity,
    e.level,
    e.points,
    null::bigint as matter,
    e.named,
    false as objected,
    coalesce(least(e.stage, v.last_stage) < n.counts_from, false) as pending,
    case
        when not v.here then 'other scheme'
        when least(e.stage, v.last_stage) < coalesce(q.preview, n.counts_from) then 'waiting'
        else 'counts'
    end as state
from variants as e
cross join params as q
join nodes as n on n.node = e.node
join versions as v on v.version = n.version
