-- One row per variant of event whose price depends on nothing else: what each of its events posts, and where.
select p.entry as code, p.start::integer as node, p.amount
from priced as p
anti join lonely as l on l.node = p.node
