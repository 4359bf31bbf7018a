-- One row per window and member who belongs to it, with the roster row that makes it so.
select
    w.role,
    w.version,
    w.size,
    w.number,
    w.first_month,
    s.member,
    arg_max(s.spell, s.since) as spell
from windows as w
join versions as v on v.version = w.version
join passes as p on p.filter = v.filter
join spells as s on s.spell = p.spell and s.since <= w.stop and s.until >= w.start
where
    case v.active
        when 'start' then s.since <= w.start
        when 'end' then s.until >= w.stop
        else true
    end
group by w.role, w.version, w.size, w.number, w.first_month, w.start, w.stop, v.active, s.member
having v.active <> 'whole'
    or sum(least(s.until, w.stop) - greatest(s.since, w.start) + 1) = w.stop - w.start + 1
