-- One row per event and member in the months counted so far.
select n.member, n.month, n.code
from noted as n
where n.month >= (select q.year_month from params as q) and n.day <= (select q.cut from params as q)
