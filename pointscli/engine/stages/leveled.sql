-- One row per node and level that the log names, with its points.
select l.node, n.level, l.points
from levels as l
join level_names as n on n.name = l.level
