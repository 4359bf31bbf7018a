-- One row per member, node, month and kind of posting: what is posted there.
select s.member, s.node, s.month, 1::tinyint as kind, s.amount from sums as s
union all
select o.member, o.node, o.month, o.kind, o.amount from monthly_others as o
