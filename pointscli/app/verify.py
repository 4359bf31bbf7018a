"""`points verify`: is a published folder intact, can it be made again, and does it rest on valid files?

Three questions, answered apart: *intact*, every document has the bytes that the manifest names; *reproducible*, the
workspace's files give the same documents now; *valid*, those files have no errors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pointscli.app.inputs import read_inputs
from pointscli.app.manifest import NAME, Order, code_of, core_of, read_manifest
from pointscli.app.publish import compose
from pointscli.app.publish_profile import read_publishing
from pointscli.app.question import Asked
from pointscli.app.workspace import Workspace
from pointscli.model.period import parse_period
from pointscli.model.problem import FileError, FindingsError, Problem, UsageError

MOST = 50
"""Changes of one kind that are told one by one."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something found: an English template and what fills it."""

    message: str
    args: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Verdict:
    """What was checked of one folder: None where it could not be checked."""

    folder: str
    code: str
    intact: bool = True
    reproducible: bool | None = None
    valid: bool | None = None
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything that was checked holds."""
        return self.intact and self.reproducible is not False and self.valid is not False

    def say(self, message: str, **args: object) -> None:
        """Keep a remark."""
        self.remarks.append(Remark(message, tuple((key, str(value)) for key, value in args.items())))


def verify(workspace: Workspace, folder: Path, against: str | None = None) -> Verdict:
    """Check one published folder; FileError if it has no readable manifest."""
    shown = workspace.shown(folder)
    manifest = read_manifest(folder, shown)
    verdict = Verdict(shown, str(manifest.get("code", "")))
    _check_code(manifest, against, verdict)
    _check_outputs(folder, manifest, verdict)
    try:
        inputs = read_inputs(workspace)
        asked, order = _order(manifest)
        again = compose(
            workspace, inputs, asked, order, read_publishing(workspace.root), str(manifest.get("previous", ""))
        )
    except FindingsError as error:
        verdict.valid, verdict.problems = False, error.problems
        return verdict
    except (UsageError, KeyError, ValueError, TypeError) as error:
        verdict.intact = False
        verdict.say("the manifest does not say what was published: {why}", why=error)
        return verdict
    verdict.valid = True
    documents = {name: data for name, data in again.files.items() if name != NAME}
    _compare(manifest, again.core, documents, verdict)
    return verdict


def _order(manifest: Mapping[str, Any]) -> tuple[Asked, Order]:
    """What to ask so that the same is published again."""
    options = manifest["options"]
    today = date.fromisoformat(manifest["as_of"])
    as_of = date.fromisoformat(options["as_of"]) if options["as_of"] else None
    period = parse_period(manifest["period"])
    if period is None:
        raise ValueError(manifest["period"])
    order = Order(
        audience=options["audience"],
        as_of=as_of,
        today=today,
        scheme=manifest["scheme"],
        documents=tuple(options["documents"]),
        skip_invalid=options["skip_invalid"],
        amends=options["amends"],
        checkpoint=manifest["checkpoint"],
    )
    return Asked(today, period, manifest["scheme"], as_of), order


def _check_code(manifest: Mapping[str, Any], against: str | None, verdict: Verdict) -> None:
    """The code in the manifest, and that on the wall, are those of its core."""
    code = code_of(core_of(manifest))
    if code != manifest.get("code"):
        verdict.intact = False
        verdict.say(
            "manifest.json was changed: its check code is {have}, its content gives {code}",
            have=manifest.get("code"),
            code=code,
        )
    if against is not None and _plain(against) != _plain(code):
        verdict.intact = False
        verdict.say("the check code {given} is not that of this folder, which is {code}", given=against, code=code)


def _plain(code: str) -> str:
    return "".join(char for char in code.upper() if char.isalnum())


def _check_outputs(folder: Path, manifest: Mapping[str, Any], verdict: Verdict) -> None:
    named = set()
    for one in manifest["outputs"]:
        name = str(one["path"])
        named.add(name)
        try:
            data = (folder / name).read_bytes()
        except OSError as error:
            verdict.intact = False
            verdict.say("{path} cannot be read: {why}", path=name, why=error.strerror)
            continue
        if hashlib.sha256(data).hexdigest() != one["sha256"]:
            verdict.intact = False
            verdict.say("{path} was changed after it was published", path=name)
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name not in named and not path.name.startswith((NAME, ".")):
            verdict.intact = False
            verdict.say("{path} was not published with the rest", path=path.name)


def _compare(
    manifest: Mapping[str, Any], core: Mapping[str, Any], documents: Mapping[str, bytes], verdict: Verdict
) -> None:
    """The documents again, byte by byte; if they differ, whose numbers and which input."""
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in documents.items()}
    published = {str(one["path"]): one["sha256"] for one in manifest["outputs"]}
    same_core = core == core_of(manifest)
    verdict.reproducible = digests == published and same_core
    if verdict.reproducible:
        return
    if core["tool"] != manifest.get("tool"):
        verdict.say("it was published by {have}, this is {tool}", have=manifest.get("tool"), tool=core["tool"])
    for change in changed_numbers(manifest, core):
        verdict.remarks.append(change)
    changes = list(changed_inputs(manifest, core))
    verdict.remarks += changes
    only_bytes = _same_meaning(manifest, core)
    if only_bytes:
        verdict.say("no event, roster row or decision differs: files were only saved again in another form")
    elif digests != published and not changes:
        differing = sorted(name for name in {*digests, *published} if digests.get(name) != published.get(name))
        verdict.say("made again, these documents differ: {paths}", paths=", ".join(differing))


def _same_meaning(manifest: Mapping[str, Any], core: Mapping[str, Any]) -> bool:
    keys = ("events", "members", "decisions", "results")
    rules_now, rules_then = (_files(one, rules=True) for one in (core, manifest))
    return all(core[key] == manifest.get(key) for key in keys) and rules_now == rules_then


def _files(core: Mapping[str, Any], *, rules: bool = False) -> dict[str, str]:
    found = {str(one["path"]): str(one["sha256"]) for one in core.get("inputs", [])}
    return {path: digest for path, digest in found.items() if not rules or path.endswith((".yaml", ".yml"))}


def changed_numbers(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Remark]:
    """Each member whose published line would differ."""
    old, new = before.get("results", {}), after["results"]
    differing = [member for member in sorted({*old, *new}) if old.get(member) != new.get(member)]
    for member in differing[:MOST]:
        have, now = old.get(member, "-"), new.get(member, "-")
        parts = [(a, b) for a, b in zip(have.split(" "), now.split(" "), strict=False) if a != b]
        text = ", ".join(f"{a} → {b}" for a, b in parts) or f"{have} → {now}"
        yield Remark("{member}: {change}", (("member", member), ("change", text)))
    if len(differing) > MOST:
        yield Remark("and {count} more members", (("count", str(len(differing) - MOST)),))


def changed_inputs(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Remark]:
    """Each event, roster row, decision and rule file that differs."""
    for key, added, gone, other in (
        ("events", "event {name} was added", "event {name} was removed", "event {name} was changed"),
        (
            "members",
            "{name} was added to the roster",
            "{name} was removed from the roster",
            "the roster says something else of {name}",
        ),
    ):
        yield from _told(_differences(before.get(key, {}), after[key]), added, gone, other)
    yield from _decisions(before.get("decisions", []), after["decisions"])
    rules = _differences(_files(before, rules=True), _files(after, rules=True))
    yield from _told(rules, "{name} was added", "{name} was removed", "{name} was changed")


def _differences(old: Mapping[str, str], new: Mapping[str, str]) -> list[tuple[str, int]]:
    """Names with what became of them: 0 added, 1 removed, 2 changed."""
    return [
        (name, 0 if name not in old else 1 if name not in new else 2)
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    ]


def _told(differing: Sequence[tuple[str, int]], *templates: str) -> Iterator[Remark]:
    for name, kind in differing[:MOST]:
        yield Remark(templates[kind], (("name", name),))
    if len(differing) > MOST:
        yield Remark("and {count} more of this kind", (("count", str(len(differing) - MOST)),))


def _decisions(old: Sequence[str], new: Sequence[str]) -> Iterator[Remark]:
    if list(old) == list(new):
        return
    known_old, known_new = set(old), set(new)
    names = [one.rpartition(" ")[0] for one in new if one not in known_old]
    gone = [one.rpartition(" ")[0] for one in old if one not in known_new]
    for name in names[:MOST]:
        yield Remark("a decision about {name} was added or changed", (("name", name),))
    for name in gone[:MOST]:
        yield Remark("a decision about {name} was removed or changed", (("name", name),))
    if not names and not gone:
        yield Remark("the decisions stand in another order")


def find_folders(workspace: Workspace, named: Path | None) -> list[Path]:
    """The folder named, or every published one; FileError if there is none."""
    from pointscli.app.publish import published_folders  # noqa: PLC0415  (beside its use)

    if named is not None:
        if (named / NAME).is_file():
            return [named]
        found = [path.parent for path in sorted(named.rglob(NAME))] if named.is_dir() else []
    else:
        found = list(published_folders(workspace.root / read_publishing(workspace.root).folder))
    if not found:
        where = str(named) if named else workspace.shown(workspace.root / read_publishing(workspace.root).folder)
        raise FileError(where, "there is nothing published here", "name a folder with a manifest.json")
    return found
