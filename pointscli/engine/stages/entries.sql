-- One row per event and member as read; its month is that of its day (`place` begins with the day's ordinal).
with dated as (
    select l.*, date '0001-01-01' + (l.place // 34359738368 - 1)::int as day
    from logged as l
)
select
    d.entry,
    d.member,
    d.node,
    (year(d.day) * 12 + month(d.day) - 1)::bigint as month,
    d.place,
    d.quantity,
    d.level,
    d.points,
    d.matter,
    d.named,
    d.stage
from dated as d
