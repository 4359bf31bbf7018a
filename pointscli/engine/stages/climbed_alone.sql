-- One row per posting that enters a node of one level which compares postings, or lies below one.
select c.* from climbing as c
anti join merged as m on m.node = c.node
