"""Everything wrong in the files of a workspace, or in some files: nothing stops at the first finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pointscli.app.check_paths import Area
from pointscli.app.ends import complete_ends
from pointscli.app.inputs import Inputs, collect_inputs, lacks_members, lacks_rules
from pointscli.app.inside import is_inside
from pointscli.app.suppressions import apply_suppressions
from pointscli.app.workspace import SETTINGS, Workspace
from pointscli.model.problem import Problem, sort_problems
from pointscli.scheme.types import Scheme


@dataclass(slots=True)
class Checked:
    """All findings, and the files behind the paths that they show."""

    problems: list[Problem] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    """Every path shown, with the file on the disk."""
    count: int = 0
    """So many files were checked."""


def check_areas(areas: Sequence[Area], today: date) -> Checked:
    """All findings of all areas, in order of place."""
    checked = Checked()
    for area in areas:
        found = check_area(area, today)
        checked.count += len(area.files)
        for problem in found:
            shown = _prefixed(problem, area.prefix)
            checked.problems.append(shown)
            for old, new in zip(_paths(problem), _paths(shown), strict=True):
                checked.files[new] = area.workspace.root / old
    checked.problems = sort_problems(list(dict.fromkeys(checked.problems)))
    return checked


def check_area(area: Area, today: date) -> list[Problem]:
    """All findings of an area, under paths below its folder."""
    space = area.workspace
    found = [*area.problems, *_settings(space)]
    if space.members or space.events or space.reviews:
        inputs = collect_inputs(space)
        found += inputs.problems
        found += _data_findings(space, inputs, today)
        found += _unread(area)
        schemes = list(inputs.schemes)
    else:
        from pointscli.scheme.load import load_schemes  # noqa: PLC0415  (tables are not needed to check rules)

        schemes, problems = load_schemes(space.rules, space.root)
        found += problems
    from pointscli.scheme.lints import lint  # noqa: PLC0415  (loads with what it checks)

    found += lint(schemes)
    found += _tests(area)
    found = complete_ends(list(dict.fromkeys(found)), space.root)
    found = apply_suppressions(found, area, today, with_data=_has_all(space, schemes))
    return [problem for problem in found if area.only is None or problem.place.path in area.only]


def _settings(space: Workspace) -> list[Problem]:
    """What is wrong in the sections of the settings that only some commands read."""
    if not (space.root / SETTINGS).is_file() or not is_inside(space.root, space.root / SETTINGS, space.outside):
        return []
    from pointscli.app.import_settings import check_import_settings  # noqa: PLC0415  (only where there are any)
    from pointscli.app.publish_profile import check_publishing  # noqa: PLC0415  (the same)

    return [*check_publishing(space.root)[1], *check_import_settings(space.root)]


def _unread(area: Area) -> list[Problem]:
    """Files in the folder of the log that nobody reads, where the log is the workspace's own."""
    from pointscli.inputs.files import unread_files  # noqa: PLC0415  (only where there is data)

    folder = area.workspace.root / "events"
    is_own = area.only is None and any(path.parent == folder for path in area.workspace.events)
    return unread_files(area.workspace.root, area.workspace.shown) if is_own else []


def _has_all(space: Workspace, schemes: Sequence[Scheme]) -> bool:
    """Whether rules and data were looked at together."""
    return bool(space.members and space.events) and not lacks_rules(space, schemes)


def _data_findings(space: Workspace, inputs: Inputs, today: date) -> list[Problem]:
    """What is wrong between the tables and the rules, as far as both could be read."""
    found: list[Problem] = []
    whole = not lacks_rules(space, inputs.schemes)
    if inputs.schemes and len(inputs.events.entries):
        from pointscli.app.check_prices import find_faults  # noqa: PLC0415  (the engine, only where there are events)

        found += find_faults(inputs)
    if whole and not lacks_members(space, inputs.problems):
        from pointscli.app.nominations import check_nominations  # noqa: PLC0415  (only where there are decisions)

        found += check_nominations(inputs)
    if whole and space.members:
        from pointscli.app.data_checks import check_data  # noqa: PLC0415  (only where there is data)

        found += check_data(inputs, today, space)
    return found


def _tests(area: Area) -> list[Problem]:
    """What is wrong with how test files are written; `points rules test` runs them."""
    found: list[Problem] = []
    if area.tests:
        from pointscli.scheme.read_cases import read_case_file  # noqa: PLC0415  (only where there are any)
        from pointscli.scheme.rule_files import RuleFiles  # noqa: PLC0415  (the same)

        files = RuleFiles(area.workspace.root)
        for path in area.tests:
            slips = files.tree(path)[1]
            found += [problem for problem in slips if problem.name != "not-a-rule-file"]  # it may be a list
            if not any(problem.name == "unreadable-file" for problem in slips):
                found += read_case_file(path, files.shown(path), path.read_bytes())[1]
    return found


def _paths(problem: Problem) -> list[str]:
    return [problem.place.path, *(one.place.path for one in problem.related)]


def _prefixed(problem: Problem, prefix: str) -> Problem:
    if not prefix:
        return problem
    related = tuple(replace(one, place=replace(one.place, path=prefix + one.place.path)) for one in problem.related)
    return replace(problem, place=replace(problem.place, path=prefix + problem.place.path), related=related)
