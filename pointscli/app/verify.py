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

from pointscli.app.inputs import Inputs, read_inputs
from pointscli.app.manifest import NAME, Order, code_of, core_of, digest_of, read_manifest
from pointscli.app.publish import compose
from pointscli.app.publish_profile import read_publishing
from pointscli.app.question import Asked
from pointscli.app.workspace import Workspace
from pointscli.model.log import DAY_PLACES
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
    corrected_by: str = ""
    """The correction that was published after it, which holds instead."""
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything that was checked holds."""
        stands = self.reproducible is not False or bool(self.corrected_by)
        return self.intact and stands and self.valid is not False

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
        publishing, followed = read_publishing(workspace.root), str(manifest.get("previous", ""))
        again = compose(workspace, inputs, asked, order, publishing, followed)
    except FindingsError as error:
        verdict.valid, verdict.problems = False, error.problems
        return verdict
    except (UsageError, KeyError, ValueError, TypeError) as error:
        verdict.intact = False
        verdict.say("the manifest does not say what was published: {why}", why=error)
        return verdict
    verdict.valid = True
    documents = {name: data for name, data in again.files.items() if name != NAME}
    core = _without(again.core, _later(inputs, date.fromisoformat(manifest["as_of"])), manifest)
    _compare(manifest, core, documents, verdict)
    if verdict.reproducible:
        _tell_growth(manifest, again.core, core, verdict)
    else:
        _find_correction(workspace, folder, verdict)
    return verdict


def _find_correction(workspace: Workspace, folder: Path, verdict: Verdict) -> None:
    """A correction beside it names the digest of its manifest: what it says instead is checked there."""
    own = digest_of(folder)
    for path in sorted(folder.resolve().parent.glob(f"[!.]*/{NAME}")):
        shown = workspace.shown(path.parent)
        other = read_manifest(path.parent, shown)
        if other["options"]["amends"] and other.get("previous") == own:
            verdict.corrected_by = shown
            verdict.say("it was corrected: {folder} holds instead", folder=shown)


def _tell_growth(
    manifest: Mapping[str, Any], now: Mapping[str, Any], core: Mapping[str, Any], verdict: Verdict
) -> None:
    """What the files say besides, or otherwise, without any change in what was published."""
    grown = len(now["events"]) - len(core["events"])
    changes = len(list(changed_inputs(manifest, core)))
    if grown:
        verdict.say("the log has gained {count} later events, which change nothing here", count=grown)
    if changes:
        verdict.say("{count} other changes in the files leave what was published as it is", count=changes)
    elif not grown and core["inputs"] != manifest.get("inputs"):
        verdict.say("no event, roster row or decision differs: files were only saved again in another form")


def _later(inputs: Inputs, day: date) -> frozenset[str]:
    """The events after a day: they can change nothing that was published as of it."""
    entries, records = inputs.events.entries, inputs.events.records
    first = (day.toordinal() + 1) * DAY_PLACES
    found = (records[one] for one, place in zip(entries.record, entries.place, strict=True) if place >= first)
    return frozenset(row.cell("id").strip() or row.where for row in found)


def _without(core: Mapping[str, Any], later: frozenset[str], manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The core without the later events that the log has gained since, and the decisions about them."""
    known, decided = manifest.get("events", {}), set(manifest.get("decisions", []))
    events = {name: one for name, one in core["events"].items() if name in known or name not in later}
    decisions = [one for one in core["decisions"] if one in decided or one.rpartition(" ")[0] not in later]
    return {**core, "events": events, "decisions": decisions}


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
        code=manifest["code"],
        decided=date.fromisoformat(manifest["decided"]) if manifest["decided"] else None,
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
    verdict.reproducible = digests == published and core["results"] == manifest.get("results")
    if verdict.reproducible:
        return
    if core["tool"] != manifest.get("tool"):
        verdict.say("it was published by {have}, this is {tool}", have=manifest.get("tool"), tool=core["tool"])
    for change in changed_numbers(manifest, core):
        verdict.remarks.append(change)
    changes = list(changed_inputs(manifest, core))
    verdict.remarks += changes
    if digests != published and core["results"] == manifest.get("results"):
        differing = sorted(name for name in {*digests, *published} if digests.get(name) != published.get(name))
        verdict.say("made again, these documents differ: {paths}", paths=", ".join(differing))


def _rule_files(core: Mapping[str, Any]) -> dict[str, str]:
    found = {str(one["path"]): str(one["sha256"]) for one in core.get("inputs", [])}
    return {path: digest for path, digest in found.items() if path.endswith((".yaml", ".yml"))}


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
    rules = _differences(_rule_files(before), _rule_files(after))
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
        found = [path.parent for path in sorted(named.rglob(f"[!.]*/{NAME}"))] if named.is_dir() else []
    else:
        found = list(published_folders(workspace.root / read_publishing(workspace.root).folder))
    if not found:
        where = str(named) if named else workspace.shown(workspace.root / read_publishing(workspace.root).folder)
        raise FileError(where, "there is nothing published here", "name a folder with a manifest.json")
    return found
