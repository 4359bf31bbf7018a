-- One row per event and member after the review log, with `state`: counts, or why not.
select
    e.entry,
    e.member,
    e.node,
    n.version,
    n.start,
    e.month,
    e.place,
    coalesce(r.quantity, e.quantity) as quantity,
    coalesce(r.level, e.level) as level,
    coalesce(r.points, e.points) as points,
    e.matter,
    e.named,
    coalesce(r.objected, false) as objected,
    coalesce(
        r.rejected or least(coalesce(r.stage, e.stage) + coalesce(r.steps, 0), v.last_stage) < n.counts_from, false
    ) as pending,
    case
        when not v.here then 'other scheme'
        when e.place >= (q.cut + 1) * 34359738368 then 'later'
        when e.month < q.year_month then 'other year'
        when a.member is null or f.member is not null then 'not active'
        when r.rejected then 'rejected'
        when least(coalesce(r.stage, e.stage) + coalesce(r.steps, 0), v.last_stage)
            < coalesce(q.preview, n.counts_from) then 'waiting'
        when r.objected and v.suspends then 'under objection'
        else 'counts'
    end as state
from entries as e
cross join params as q
join nodes as n on n.node = e.node
join versions as v on v.version = n.version
left join replayed as r on r.entry = e.entry
left join active as a
    on a.role = 'settle' and a.member = e.member and a.version = n.version and a.number = e.month // v.settle
left join refused as f
    on f.version = n.version and f.member = e.member and e.place >= f.since_place and e.place < f.until_place
