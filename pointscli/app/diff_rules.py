"""`rules diff`: what differs between two versions of a scheme, and with a log, for whom."""

from __future__ import annotations

from pathlib import Path

from pointscli.app.question import Asked
from pointscli.app.rule_effects import measure, open_log
from pointscli.app.rule_source import load_source, read_source
from pointscli.app.workspace import Sources, find_workspace
from pointscli.model.problem import FindingsError
from pointscli.model.rule_change import RuleDiff
from pointscli.scheme.compare import Comparison


def diff_rules(old: str, new: str, root: Path, sources: Sources, asked: Asked) -> RuleDiff:
    """Compare two rule files, or revisions of them; with a period also the results of the workspace's log."""
    sides = read_source(old, root), read_source(new, root)
    before, after = load_source(sides[0], sides[1], root), load_source(sides[1], sides[0], root)
    comparison = Comparison(before, after)
    changes = comparison.changes()
    effects = None
    if asked.period is not None:
        workspace, problems = find_workspace(root, sources)
        if problems:
            raise FindingsError(problems)
        effects = measure(comparison, changes, open_log(workspace, asked, asked.period, comparison))
    return RuleDiff(before.tree.place.path, after.tree.place.path, tuple(changes), effects)
