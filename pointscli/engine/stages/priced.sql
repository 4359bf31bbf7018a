-- One row per event and member that posts points: the price, before combine, bounds and weight.
with due as (
    select c.*, p.form, p.points as rate, p.each, p.prorate, p.size, p.split
    from counted as c
    join prices as p on p.node = c.node
    where not c.free and not c.beyond and p.form not in ('mark', 'total')
),
banded as (
    select d.entry, arg_max(b.points, b.low) as points
    from due as d
    join bands as b on b.node = d.node and b.low <= d.quantity
    where d.form = 'bands'
    group by d.entry
),
numbered as (
    select
        d.entry,
        d.node,
        row_number() over (partition by d.member, d.node, d.month // d.size order by d.place) as n
    from due as d
    where d.form = 'count'
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
    select d.entry, sum(g.amount) as points
    from due as d
    join granted as g
        on g.member = d.member and g.version = d.version and g.number = d.month // g.size
        and g.first_day * 34359738368 <= d.place
    where d.form = 'percent'
    group by d.entry
),
valued as (
    select
        d.*,
        case d.form when 'fixed' then d.rate when 'levels' then l.points end::hugeint as unit,
        case d.form
            when 'range' then d.points
            when 'bands' then b.points
            when 'count' then s.points
        end as flat,
        coalesce(g.points, 0)::hugeint as base
    from due as d
    left join leveled as l on l.node = d.node and l.level = d.level
    left join banded as b on b.entry = d.entry
    left join stepped as s on s.entry = d.entry
    left join granted_before as g on g.entry = d.entry
),
timed as (
    select
        v.*,
        case when v.each is null or v.prorate then v.quantity else v.quantity // v.each end as pieces,
        case when v.each is null then 10000 when v.prorate then v.each else 1 end as per
    from valued as v
)
select
    t.entry,
    t.member,
    t.node,
    t.start,
    t.month,
    t.place,
    t.matter,
    case
        when t.split and t.form = 'percent' then half_up(half_up(t.base * t.rate * t.pieces, 1000000::hugeint * t.per), t.named)
        when t.form = 'percent' then half_up(t.base * t.rate * t.pieces, 1000000::hugeint * t.per)
        when t.split then half_up(coalesce(t.flat, half_up(t.unit * t.pieces, t.per)), t.named)
        else coalesce(t.flat, half_up(t.unit * t.pieces, t.per))
    end::bigint as amount
from timed as t
