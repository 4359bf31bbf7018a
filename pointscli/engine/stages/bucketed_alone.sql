-- One row per event posted where postings are compared, or below.
select
    p.member, p.start as node, p.node as origin, p.entry, 1::bigint as kind, p.month, p.place, p.matter, p.amount
from priced as p
anti join merged as m on m.node = p.start
