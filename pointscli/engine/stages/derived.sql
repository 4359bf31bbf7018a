-- One row per ranked member and derived figure: value ÷ the group's largest × scale.
with grouped as (
    select m.member, d.figure, d.scale, m.amount, max(m.amount) over (partition by d.figure, g.group_no) as largest
    from derives as d
    join measured as m on m.figure = d.of
    join listed as l on l.member = m.member and l.ranked
    join groups as g on g.grouping = d.grouping and g.spell = l.spell
)
select
    g.member,
    g.figure,
    case
        when g.largest > 0 then published(half_up(g.amount::hugeint * g.scale, g.largest), q.decimals, q.rounding)
        else 0
    end::bigint as amount
from grouped as g
cross join params as q
