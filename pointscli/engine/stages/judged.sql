-- One row per ranked member and figure that conditions may ask for: published figures, rank, stars, grade (its place).
select v.member, v.figure, v.amount from valued as v
union all
select r.member, q.rank, r.rank * 1000000000 from ranked as r cross join params as q where r.rank is not null
union all
select r.member, q.stars, s.value * 1000000000
from ranked as r cross join params as q join steps as s on s.what = 'stars' and s.ordinal = r.stars
union all
select r.member, q.grade, r.grade * 1000000000 from ranked as r cross join params as q where r.grade is not null
