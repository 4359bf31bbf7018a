-- One row per listed member with score, rank, grade and stars (null where not given).
with keyed as (
    select l.member, list(v.amount order by k.ordinal) as keys
    from listed as l
    join valued as v on v.member = l.member
    join (select 0 as ordinal, 0 as figure union all select k.ordinal, k.figure from rank_keys as k) as k
        on k.figure = v.figure
    where l.ranked
    group by l.member
),
placed as (
    select
        k.member,
        case q.ties
            when 'dense' then dense_rank() over (partition by l.group_no order by k.keys desc)
            else rank() over (partition by l.group_no order by k.keys desc)
        end as rank
    from keyed as k
    join listed as l on l.member = k.member
    cross join params as q
    where q.ranked
),
reached as (
    select l.member, s.what, arg_max(s.ordinal, (coalesce(s.at, -9223372036854775807), s.strict)) as ordinal
    from listed as l
    join valued as v on v.member = l.member and v.figure = 0
    join steps as s
        on s.at is null or (s.strict and v.amount > s.at) or (not s.strict and v.amount >= s.at)
    where l.ranked
    group by l.member, s.what
)
select
    l.member,
    l.spell,
    l.group_no,
    l.ranked,
    v.amount as score,
    p.rank,
    g.ordinal as grade,
    s.ordinal as stars
from listed as l
join valued as v on v.member = l.member and v.figure = 0
left join placed as p on p.member = l.member
left join reached as g on g.member = l.member and g.what = 'grade'
left join reached as s on s.member = l.member and s.what = 'stars'
