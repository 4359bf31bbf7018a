-- One row per member, figure and period of the size reached so far; first the settlement periods.
select s.member, s.figure, s.number, s.amount
from settled as s
