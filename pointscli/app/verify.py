"""`points verify`: is a published folder intact, can it be made again, and does it rest on valid files?

Three questions, answered apart: *intact*, every document has the bytes that the manifest names; *reproducible*, the
workspace's files give the same documents now; *valid*, those files have no errors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pointscli.app.inputs import read_inputs
from pointscli.app.inside import ordinary_bytes
from pointscli.app.manifest import NAME, Order, code_of, core_of, digest_of, read_manifest
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
    except (UsageError, KeyError, ValueError) as error:
        verdict.intact = False
        verdict.say("the manifest does not say what was published: {why}", why=error)
        return verdict
    verdict.valid = True
    documents = {name: data for name, data in again.files.items() if name != NAME}
    _compare(manifest, again.core, documents, verdict)
    if verdict.reproducible:
        _tell_changes(manifest, again.core, verdict)
    else:
        _find_correction(workspace, folder, verdict)
    return verdict


def _find_correction(workspace: Workspace, folder: Path, verdict: Verdict) -> None:
    """A correction beside it names the digest of its manifest: what it says instead is checked there."""
    own = digest_of(folder)
    for path in sorted(folder.parent.glob(f"[!.]*/{NAME}")):
        shown = workspace.shown(path.parent)
        other = read_manifest(path.parent, shown)
        if other["options"]["amends"] and other.get("previous") == own:
            verdict.corrected_by = shown
            verdict.say("it was corrected: {folder} holds instead", folder=shown)


def _tell_changes(manifest: Mapping[str, Any], core: Mapping[str, Any], verdict: Verdict) -> None:
    """What the files say otherwise although the documents come out the same.

    What was added since is growth; what was changed or removed is not what the publication rested on.
    """
    changed, added = changed_inputs(manifest, core)
    if changed:
        verdict.intact = False
        verdict.remarks += changed
        verdict.say("the published numbers come out the same, but not from the same files")
    elif added:
        verdict.say(
            "{count} events, members, decisions or rule files were added since; they change nothing here",
            count=len(added),
        )
    elif core["inputs"] != manifest.get("inputs"):
        verdict.say("no event, roster row or decision differs: files were only saved again in another form")


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
            data = ordinary_bytes(folder / name)
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
    changed, added = changed_inputs(manifest, core)
    verdict.remarks += changed + added
    if digests != published and core["results"] == manifest.get("results"):
        differing = sorted(name for name in {*digests, *published} if digests.get(name) != published.get(name))
        verdict.say("made again, these documents differ: {paths}", paths=", ".join(differing))


def _rule_files(core: Mapping[str, Any]) -> dict[str, str]:
    found = {str(one["path"]): str(one["sha256"]) for one in core.get("inputs", [])}
    return {path: digest for path, digest in found.items() if path.endswith((".yaml", ".yml"))}


def changed_numbers(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Remark]:
    """Each member whose published line would differ; a masked publication keeps no lines to compare."""
    old, new = before.get("results", {}), after["results"]
    differing = [member for member in sorted({*old, *new}) if old.get(member) != new.get(member)]
    for member in differing[:MOST]:
        have, now = old.get(member, "-"), new.get(member, "-")
        pairs = zip(have.split(" "), now.split(" "), strict=False)
        parts = [f"{a} → {b.partition('=')[2]}" for a, b in pairs if a != b and "=" in a and "=" in b]
        if parts:
            yield Remark("{member}: {change}", (("member", member), ("change", ", ".join(parts))))
        else:
            yield Remark("{member}: what was published differs", (("member", member),))
    if len(differing) > MOST:
        yield Remark("and {count} more members", (("count", str(len(differing) - MOST)),))


_TOLD = {
    "events": ("event {name} was added", "event {name} was removed", "event {name} was changed"),
    "members": (
        "{name} was added to the roster",
        "{name} was removed from the roster",
        "the roster says something else of {name}",
    ),
    "decisions": (
        "a decision about {name} was added",
        "a decision about {name} was removed",
        "a decision about {name} was changed",
    ),
    "rules": ("{name} was added", "{name} was removed", "{name} was changed"),
}
"""Where something differs → what is said if it was added, removed, changed."""


def changed_inputs(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[list[Remark], list[Remark]]:
    """What was changed or removed, and what was added: events, roster rows, decisions, rule files."""
    changed: list[Remark] = []
    added: list[Remark] = []
    for key, (more, less, other) in _TOLD.items():
        old, new = (_named(core, key) for core in (before, after))
        for name in sorted({*old, *new}):
            if name not in old:
                added.append(Remark(more, (("name", name),)))
            elif name not in new:
                changed.append(Remark(less, (("name", name),)))
            elif old[name] != new[name]:
                grown = key == "decisions" and new[name][: len(old[name])] == old[name]
                (added if grown else changed).append(Remark(more if grown else other, (("name", name),)))
    return _capped(changed), _capped(added)


def _named(core: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Name → digest; of decisions the digests about one event in their order."""
    if key == "rules":
        return _rule_files(core)
    if key != "decisions":
        return dict(core.get(key, {}))
    found: dict[str, list[str]] = {}
    for one in core.get("decisions", []):
        name, _, digest = one.rpartition(" ")
        found.setdefault(name, []).append(digest)
    return found


def _capped(remarks: list[Remark]) -> list[Remark]:
    if len(remarks) <= MOST:
        return remarks
    return [*remarks[:MOST], Remark("and {count} more of this kind", (("count", str(len(remarks) - MOST)),))]


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
