"""Namesakes, and roster rows that no scheme scores."""

from __future__ import annotations

from pointscli.app.data_findings import spell_place
from pointscli.app.inputs import Inputs
from pointscli.app.membership import accepts
from pointscli.inputs.grammar import name_key
from pointscli.inputs.refusals import some
from pointscli.inputs.roster import Spell
from pointscli.inputs.roster_cells import column_id
from pointscli.model.problem import Problem, Related, Severity


def find_namesakes(inputs: Inputs) -> list[Problem]:
    """One finding a name that several members bear, at the second of them."""
    bearers: dict[str, dict[int, Spell]] = {}
    for spell in inputs.roster.spells:
        bearers.setdefault(name_key(spell.cells.get("name", "")), {}).setdefault(spell.member, spell)
    return [_namesakes(inputs, list(found.values())) for found in bearers.values() if len(found) > 1]


def _namesakes(inputs: Inputs, spells: list[Spell]) -> Problem:
    members = some([inputs.roster.title(spell.member) for spell in spells])
    return Problem(
        "namesakes",
        spell_place(spells[1]),
        "several members bear the name {value}: {members}",
        "name them by their ids in the log; if it is one person, keep one id",
        (("value", spells[1].cells.get("name", "")), ("members", members)),
        Severity.WARNING,
        related=(Related(spell_place(spells[0]), "the first of that name"),),
    )


def find_unscored(inputs: Inputs) -> list[Problem]:
    """One finding for each sort of roster rows that no scheme's `members` accepts."""
    columns = sorted({column_id(column) for scheme in inputs.schemes for column, _ in scheme.members})
    refused: dict[tuple[str, ...], list[Spell]] = {}
    for spell in inputs.roster.spells:
        if not any(accepts(scheme.members, spell) for scheme in inputs.schemes):
            refused.setdefault(tuple(spell.cells.get(column, "") for column in columns), []).append(spell)
    return [
        Problem(
            "unscored-rows",
            spell_place(spells[0]),
            "roster rows with {cells} are scored by no scheme ({count})",
            "add the value to members: of a rule file, or correct the rows; if they earn no points, leave it",
            (("count", str(len(spells))), ("cells", _cells(columns, cells))),
            Severity.WARNING,
        )
        for cells, spells in refused.items()
    ]


def _cells(columns: list[str], cells: tuple[str, ...]) -> str:
    return ", ".join(f"{column}: {cell or '-'}" for column, cell in zip(columns, cells, strict=True))
