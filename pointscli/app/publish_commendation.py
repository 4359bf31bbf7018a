"""The commendation (表彰名单): the lists that honour, with the figures that decided and what follows."""

from __future__ import annotations

from pointscli.app.notice import is_bottom
from pointscli.app.publish_basis import Basis, filled
from pointscli.model.paper import Grid, Leaf, Paper, Part, Prose
from pointscli.model.table import Cell, Column
from pointscli.model.tally import OutcomeList


def build_commendation(basis: Basis) -> Paper:
    """One leaf; every list is a table, its groups one after another."""
    words, notice = basis.words, basis.notice
    rules = {one.id: one for one in basis.scheme.outcomes}
    lists = [one for one in basis.tally.outcomes if not is_bottom(rules[one.id], basis.scheme)]
    lists = [one for one in lists if one.members or one.nominated]
    heading = words.text("commendation", period=basis.period)
    phrase = "commended" if any(one.members for one in lists) else "none_commended"
    parts: list[Part] = [Prose("", (words.text(phrase, title=notice.title, period=basis.period),))]
    parts += (_list(one, basis) for one in lists)
    return basis.paper(heading, [Leaf(heading, (), tuple(parts), notice.signature.lines)])


def _list(outcome: OutcomeList, basis: Basis) -> Grid:
    words, titles = basis.words, basis.titles
    standings = {one.member: one for one in basis.tally.standings}
    rows: list[tuple[Cell, ...]] = []
    for group in outcome.groups:
        for member in group.members:
            one = standings[member]
            cells = [one.row.get(key, "") if key in basis.profile.columns else "" for key in ("branch", "group")]
            branch, party_group = cells
            within = "" if group.group in cells else group.group
            reason = outcome.reasons.get(member, "")
            rows.append((len(rows) + 1, within, basis.veil.name(member), branch, party_group, one.score, reason))
    columns = (
        Column("place", words.text("place"), "integer"),
        Column("within", titles.title("within")),
        *(Column(each, titles.title(each)) for each in ("name", "branch", "group")),
        Column("score", titles.title("score"), "number"),
        Column("reason", words.text("basis")),
    )
    title = words.text("list_count", title=outcome.title or outcome.id, count=len(rows))
    notes = []
    if outcome.action:
        notes.append(words.text("action", action=outcome.action))
    if outcome.nominated:
        notes.append(words.text("still_nominated", count=len(outcome.nominated)))
    return Grid(filled(title, columns, rows, ("name",)), tuple(notes))
