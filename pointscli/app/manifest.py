"""`manifest.json`: what a published folder rests on and holds, so that anybody can check it later.

Everything but the documents' digests is the core; the check code (校验码) on every document is the core's digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any

from pointscli import __version__
from pointscli.app.digests import (
    SHORT,
    canonical,
    decision_digests,
    event_digests,
    file_digest,
    member_digests,
)
from pointscli.app.inputs import Inputs
from pointscli.app.inside import ordinary_bytes
from pointscli.app.workspace import Workspace
from pointscli.model.notice import Audience
from pointscli.model.problem import FileError
from pointscli.model.tally import Tally
from pointscli.outputs.cells import escaped_json

NAME = "manifest.json"
FORMAT = 1
_CODE_DIGITS = 16
_GROUP = 4
_FORM = {
    **dict.fromkeys(("scheme", "period", "as_of", "checkpoint", "code"), str),
    **dict.fromkeys(("options", "events", "members", "results"), dict),
    **dict.fromkeys(("decisions", "inputs", "outputs"), list),
    "format": int,
    "decided": str | None,
}
_OPTIONS = {"audience": str, "as_of": str | None, "documents": list, "skip_invalid": bool, "amends": str}
_FILE = {"path": str, "sha256": str}


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked to be published: enough to do it again."""

    audience: Audience
    as_of: date | None
    today: date
    scheme: str
    documents: tuple[str, ...] = ()
    skip_invalid: bool = False
    amends: str = ""
    """The reason of a correction."""
    checkpoint: str = ""
    masked: bool = False
    """Whether the audience sees no full names: then the manifest tells no results either, only their digests."""
    code: str = ""
    """Printed instead of the core's own, to make again what was published before the log grew."""
    decided: date | None = None
    """With a code: the last decision then."""


def build_core(
    workspace: Workspace, inputs: Inputs, tally: Tally, order: Order, piles: Mapping[str, int], previous: str
) -> dict[str, Any]:
    """Everything about a publication that its documents do not repeat."""
    versions = frozenset(n for n, scheme in enumerate(inputs.schemes) if scheme.id == tally.scheme)
    events = event_digests(inputs, versions, tally.as_of)
    results = results_of(tally)
    return {
        "format": FORMAT,
        "tool": f"points {__version__}",
        "scheme": tally.scheme,
        "version": tally.version,
        "title": tally.title,
        "period": tally.period.label,
        "as_of": tally.as_of.isoformat(),
        "decided": tally.decided.isoformat() if tally.decided else None,
        "options": {
            "audience": order.audience,
            "as_of": order.as_of.isoformat() if order.as_of else None,
            "documents": list(order.documents),
            "language": workspace.language,
            "skip_invalid": order.skip_invalid,
            "amends": order.amends,
        },
        "checkpoint": order.checkpoint,
        "previous": previous,
        "counts": {"read": len(inputs.events.records), "refused": inputs.events.refused, "piles": dict(piles)},
        "inputs": _input_files(workspace),
        "events": events,
        "members": member_digests(inputs, tally.as_of),
        "decisions": list(decision_digests(inputs, events)),
        "results": {member: canonical(line)[:SHORT] for member, line in results.items()} if order.masked else results,
    }


def _input_files(workspace: Workspace) -> list[dict[str, Any]]:
    paths = [*workspace.rules, *workspace.members, *workspace.events, *workspace.reviews]
    settings = workspace.root / "points.yaml"
    if settings.is_file():
        paths.append(settings)
    found = []
    for path in sorted(paths, key=workspace.shown):
        shown = workspace.shown(path)
        size, digest = file_digest(path, shown)
        found.append({"path": shown, "size": size, "sha256": digest})
    return found


def results_of(tally: Tally) -> dict[str, str]:
    """Member → everything published about them in one line: score, columns, rank, grade, stars, outcomes."""
    found = {}
    for one in tally.standings:
        columns = " ".join(f"{heading.id}={value}" for heading, value in zip(tally.columns, one.columns, strict=True))
        rest = f"rank={one.rank} grade={one.grade} stars={one.stars} outcomes={','.join(one.outcomes)}"
        found[one.member] = f"score={one.score} {columns} {rest}"
    return found


def code_of(core: Mapping[str, Any]) -> str:
    """The check code: `7F3A-9C21-0B44-E1D0`."""
    digits = canonical(core)[:_CODE_DIGITS].upper()
    return "-".join(digits[start : start + _GROUP] for start in range(0, _CODE_DIGITS, _GROUP))


def manifest_bytes(core: Mapping[str, Any], outputs: Mapping[str, bytes]) -> bytes:
    """The file: the core, the code, and the digests of the documents."""
    digests = [
        {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(outputs.items())
    ]
    whole = {**core, "code": code_of(core), "outputs": digests}
    return (escaped_json(json.dumps(whole, ensure_ascii=False, indent=1)) + "\n").encode()


def read_manifest(folder: Path, shown: str) -> dict[str, Any]:
    """The manifest of a published folder; FileError if it is missing or is none."""
    path = folder / NAME
    try:
        found = json.loads(ordinary_bytes(path))
    except OSError as error:
        hint = "name a published folder, such as published/2021Q3/SCHEME"
        raise FileError(f"{shown}/{NAME}", "it cannot be read: {why}", hint, why=error.strerror) from error
    except (ValueError, RecursionError):
        raise FileError(f"{shown}/{NAME}", "it is not a manifest: it was damaged or edited", "restore it") from None
    if not _is_manifest(found):
        raise FileError(f"{shown}/{NAME}", "it is not a manifest: it was damaged or edited", "restore it")
    whole: dict[str, Any] = found
    return whole


def _is_manifest(found: Any) -> bool:
    """Whether it has the form of one; whether it says what was published is seen when that is made again."""
    if not (_has_form(found, _FORM) and found["format"] == FORMAT and _has_form(found["options"], _OPTIONS)):
        return False
    texts = (*found["results"].values(), *found["decisions"], *found["options"]["documents"])
    files = (*found["inputs"], *found["outputs"])
    return all(isinstance(one, str) for one in texts) and all(_has_form(one, _FILE) for one in files)


def _has_form(found: Any, form: Mapping[str, type | UnionType]) -> bool:
    return isinstance(found, dict) and all(isinstance(found.get(key), kind) for key, kind in form.items())


def core_of(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """The core of a manifest."""
    return {key: value for key, value in manifest.items() if key not in ("code", "outputs")}


def digest_of(folder: Path) -> str:
    """SHA-256 of a folder's manifest; empty if there is none."""
    path = folder / NAME
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
