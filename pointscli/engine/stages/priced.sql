-- One row per event and member that posts points: the price, before combine, bounds and weight.
with numbered as (
    select
        c.entry,
        c.node,
        row_number() over (partition by c.member, c.node, c.month // p.size order by c.place) as n
    from counted as c
    join prices as p on p.node = c.node and p.form = 'count'
    where not c.free and not c.beyond
),
stepped as (
    select
        n.entry,
        sum(case when n.n = c.n or (c.final and n.n > c.n) then c.total else 0 end)
        - sum(case when n.n - 1 = c.n or (c.final and n.n - 1 > c.n) then c.total else 0 end) as points
    from numbered as n
    join counts as c on c.node = n.node
    group by n.entry
),
granted_before as (
    select c.entry, sum(g.amount) as points
    from counted as c
    join prices as p on p.node = c.node and p.form = 'percent'
    join granted as g
        on g.member = c.member and g.version = c.version and g.number = c.month // g.size
        and g.first_day * 34359738368 <= c.place
    where not c.free and not c.beyond
    group by c.entry
),
ranges as (
    select
        b.node,
        b.low,
        lead(b.low, 1, 9223372036854775807) over (partition by b.node order by b.low) as until,
        b.points
    from bands as b
    join prices as p on p.node = b.node and p.form = 'bands'
),
valued as (
    select
        c.*,
        p.form,
        p.points as rate,
        p.each,
        p.split,
        case p.form when 'fixed' then p.points when 'levels' then l.points end as unit,
        case p.form
            when 'range' then c.points
            when 'bands' then b.points
            when 'count' then s.points
        end as flat,
        coalesce(g.points, 0)::hugeint as base,
        case when p.each is null or p.prorate then c.quantity else c.quantity // p.each end as pieces,
        case when p.each is null then 10000 when p.prorate then p.each else 1 end as per
    from counted as c
    join prices as p on p.node = c.node
    left join leveled as l on l.node = c.node and l.level = c.level
    left join ranges as b on b.node = c.node and c.quantity >= b.low and c.quantity < b.until
    left join stepped as s on s.entry = c.entry
    left join granted_before as g on g.entry = c.entry
    where not c.free and not c.beyond and p.form not in ('mark', 'total')
)
select
    v.entry,
    v.member,
    v.node,
    v.start,
    v.month,
    v.place,
    v.matter,
    case
        when v.split and v.form = 'percent' then half_up(half_up(v.base * v.rate * v.pieces, 1000000::hugeint * v.per), v.named)
        when v.form = 'percent' then half_up(v.base * v.rate * v.pieces, 1000000::hugeint * v.per)
        when v.split then half_up(coalesce(v.flat, half_up(v.unit::hugeint * v.pieces, v.per)), v.named)
        when v.flat is not null then v.flat
        -- Up to 100,000 points and 9 pieces a product fits into 64 bits, where arithmetic is ten times as fast.
        when abs(v.unit) <= 100000000000000 and abs(v.pieces) <= 90000 then half_up_small(v.unit * v.pieces, v.per)
        else half_up(v.unit::hugeint * v.pieces, v.per)
    end::bigint as amount
from valued as v
