-- One row per event and member whose price cannot be worked out, with the reason.
-- What a review may still supply (points, a level) may be missing while an event waits or is rejected.
select
    d.entry,
    case
        when d.quantity < 0 then 'negative-quantity'
        when p.form = 'none' then 'no-price'
        when d.points is not null and p.form <> 'range' then 'points-unused'
        when d.level is not null and p.form <> 'levels' then 'level-unused'
        when d.quantity <> 10000 and p.form in ('count', 'range') then 'quantity-unused'
        when p.form = 'range' and d.points is null then 'points-missing'
        when p.form = 'levels' and d.level is null then 'level-missing'
        when p.form = 'range' and (d.points < p.low or d.points > p.high) then 'points-range'
        when p.form = 'range' and (d.points - p.low) % p.step <> 0 then 'points-step'
        when p.form = 'levels' and l.node is null then 'level-unknown'
        when p.form = 'bands' then 'below-bands'
        else 'too-large'
    end as reason
from decided as d
join prices as p on p.node = d.node
left join leveled as l on l.node = d.node and l.level = d.level
left join (select node, min(low) as low from bands group by node) as b on b.node = d.node
where
    d.quantity < 0
    or p.form = 'none'
    or (d.points is not null and p.form <> 'range')
    or (d.level is not null and p.form <> 'levels')
    or (d.quantity <> 10000 and p.form in ('count', 'range'))
    or (p.form = 'range' and d.points is null and (not d.pending or d.state = 'counts'))
    or (p.form = 'levels' and d.level is null and (not d.pending or d.state = 'counts'))
    or (p.form = 'range' and (d.points < p.low or d.points > p.high or (d.points - p.low) % p.step <> 0))
    or (p.form = 'levels' and d.level is not null and l.node is null)
    or (p.form = 'bands' and least(d.quantity, p.max_quantity) < b.low)
    or (
        p.form in ('fixed', 'levels')
        and (abs(coalesce(l.points, p.points)) > 1000000000000 or least(d.quantity, p.max_quantity) > 1000000)
        and abs(coalesce(l.points, p.points)::hugeint) * least(d.quantity, p.max_quantity) // coalesce(p.each, 10000)
            > 1000000000000000000
    )
