-- One row per event and member in the months counted so far, without those that decisions speak of or that the
-- scheme's `members` keeps out.
select n.member, n.month, n.code
from noted as n
join variants as v on v.code = n.code
anti join replayed as r on r.entry = n.rowid
anti join refused as f
    on f.version = v.version and f.member = n.member
    and n.day * 34359738368 >= f.since_place and n.day * 34359738368 < f.until_place
where n.month >= (select q.year_month from params as q) and n.day <= (select q.cut from params as q)
