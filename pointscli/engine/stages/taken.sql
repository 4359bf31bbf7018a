-- One row per outcome and member on its list, in order, with how many places the group had (null: no number).
with sizes as (
    select o.outcome, g.group_no, count(*) as members
    from outcomes as o
    join ranked as r on r.ranked
    join groups as g on g.grouping = o.grouping and g.spell = r.spell
    group by o.outcome, g.group_no
),
places_of as (
    select
        z.outcome,
        z.group_no,
        least(
            case when o.named then coalesce(p.number, 0) else o.number end,
            z.members * o.share_num // o.share_den
        ) as places
    from sizes as z
    join outcomes as o on o.outcome = z.outcome
    left join group_names as n on n.grouping = o.grouping and n.group_no = z.group_no
    left join places as p on p.outcome = z.outcome and p.name = n.name
),
ordered as (
    select
        c.outcome,
        c.member,
        c.group_no,
        rank() over (partition by c.outcome, c.group_no order by c.keys desc) as nth,
        count(*) over (partition by c.outcome, c.group_no, c.keys) as equals
    from candidates as c
)
select d.outcome, d.member, d.group_no, d.nth, q.places
from ordered as d
join outcomes as o on o.outcome = d.outcome
join places_of as q on q.outcome = d.outcome and q.group_no = d.group_no
where q.places is null or (d.nth <= q.places and (not o.exclude or d.nth + d.equals - 1 <= q.places))
