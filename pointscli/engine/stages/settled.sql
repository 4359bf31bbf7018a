-- One row per member, figure and settlement period inside (or around) the asked period.
select g.member, g.figure, g.number, g.amount
from gathered as g
cross join params as q
where g.number between q.first_month // q.settle and q.last_month // q.settle
