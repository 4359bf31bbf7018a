-- One row per listed member and published figure, derived ones among them.
select m.member, m.figure, m.amount from measured as m
union all
select d.member, d.figure, d.amount from derived as d
