-- One row per event and member that counts; `spare` (free, or beyond times) is decided window by window.
select
    d.entry,
    d.member,
    d.node,
    d.start,
    d.version,
    d.month,
    d.place,
    least(d.quantity, p.max_quantity) as quantity,
    d.level,
    d.points,
    d.matter,
    d.named,
    false as free,
    false as beyond
from decided as d
join prices as p on p.node = d.node
anti join faults as f on f.entry = d.entry
where d.state = 'counts'
