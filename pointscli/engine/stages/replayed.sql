-- One row per event and member that decisions speak of: where the review log leaves it.
-- An approval without a stage reaches the next one, so the stage is the last one named plus the steps since.
with stated as (
    select
        entry,
        max(seq) filter (where decision = 'approve' and stage is not null) as named_at,
        arg_max(stage, seq) filter (where decision = 'approve' and stage is not null) as stage,
        arg_max(quantity, seq) filter (where decision = 'amend' and quantity is not null) as quantity,
        arg_max(level, seq) filter (where decision = 'amend' and level is not null) as level,
        arg_max(points, seq) filter (where decision = 'amend' and points is not null) as points,
        arg_max(decision = 'reject', seq) filter (where decision in ('approve', 'reject')) as rejected,
        arg_max(decision = 'object', seq) filter (where decision <> 'approve') as objected
    from decisions
    group by entry
),
stepped as (
    select d.entry, count(*) as steps
    from decisions as d
    join stated as s on s.entry = d.entry
    where d.decision = 'approve' and d.stage is null and d.seq > coalesce(s.named_at, -1)
    group by d.entry
)
select
    s.entry,
    s.stage,
    coalesce(t.steps, 0) as steps,
    s.quantity,
    s.level,
    s.points,
    coalesce(s.rejected, false) as rejected,
    coalesce(s.objected, false) as objected
from stated as s
left join stepped as t on t.entry = s.entry
