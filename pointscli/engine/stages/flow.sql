-- One row per posting on its way to the root, with what the nodes so far have credited to it.
select
    p.member, p.node, p.origin, p.entry, p.kind, p.month, p.place, p.matter, p.amount::bigint as amount
from postings as p
