-- One row per member who belongs to the asked period, with the roster row that makes it so.
select a.member, a.spell, s.exempt, (not s.exempt and p.spell is not null) as ranked, g.group_no
from active as a
cross join params as q
join spells as s on s.spell = a.spell
left join passes as p on p.filter = q.rank_filter and p.spell = a.spell
join groups as g on g.grouping = q.rank_grouping and g.spell = a.spell
where a.role = 'asked'
