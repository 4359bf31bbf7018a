"""`points publish`: the folder of a period, written whole or not at all, never over another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pointscli.app.corrections import correction_table, find_before, manifest_of
from pointscli.app.derivation import Derived, derive
from pointscli.app.inputs import Inputs, read_inputs
from pointscli.app.inside import MESSAGE, is_inside
from pointscli.app.manifest import NAME, Order, build_core, code_of, digest_of, manifest_bytes, results_of
from pointscli.app.notice import Posted, Veil, build_notice
from pointscli.app.publish_basis import Basis
from pointscli.app.publish_documents import check_documents, render_documents, render_papers
from pointscli.app.publish_profile import Publishing, read_publishing
from pointscli.app.question import Asked, Note
from pointscli.app.signing import signed_files
from pointscli.app.workspace import Language, Workspace
from pointscli.journal.audit import Act, checkpoint
from pointscli.journal.new_folder import is_left_over, new_folder_audited
from pointscli.journal.workspace_lock import locked
from pointscli.model.notice import Notice
from pointscli.model.problem import Problem, Refused
from pointscli.model.progress import working
from pointscli.outputs.notice_words import NoticeWords
from pointscli.outputs.page import marks
from pointscli.outputs.titles import Words
from pointscli.scheme.plan import version_at_end


@dataclass(frozen=True, slots=True)
class Publication:
    """A published folder's content: file name → bytes, the manifest among them."""

    notice: Notice
    files: Mapping[str, bytes]
    core: Mapping[str, object]
    derived: Derived
    open_matters: tuple[str, ...]
    """Why it is no final version, in the workspace's language."""
    warnings: tuple[Problem, ...]
    notes: tuple[Note, ...]

    @property
    def code(self) -> str:
        """The check code printed on every document."""
        return self.notice.code


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a publication is handed over."""

    final: bool = False
    """Refuse it if something is open."""
    to: Path | None = None
    key: Path | None = None
    """The private key that signs the manifest."""
    language: Language = "zh"
    """In which a refusal is worded."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, and where (the path below the workspace)."""

    folder: str
    publication: Publication


def publish(workspace: Workspace, asked: Asked, order: Order, act: Act, delivery: Delivery) -> Published:
    """Write the folder; Refused if it is there already, or if it must be final and something is open."""
    publishing = read_publishing(workspace.root)
    if delivery.to is None:
        _require_inside(workspace, publishing.folder)
    with locked(workspace.root, act):
        order = replace(order, checkpoint=checkpoint(workspace.root))
        inputs = read_inputs(workspace)
        publication = compose(workspace, inputs, asked, order, publishing)
        if delivery.final and publication.open_matters:
            raise Refused(
                "this cannot be final: {why}",
                "settle what is open, or publish without --final: every page is then marked as a draft",
                why=NoticeWords(delivery.language).bare(open_matters(publication.derived, delivery.language)),
            )
        usual = target_folder(workspace, publishing, publication, order)  # refuses to amend nothing
        folder = delivery.to or usual
        publication = replace(publication, files=signed_files(publication.files, delivery.key))
        if not is_left_over(workspace.root, folder, publication.files):
            _refuse_old(workspace, folder, amends=bool(order.amends))
        working("writing {count} files to {folder}", count=len(publication.files), folder=workspace.shown(folder))
        new_folder_audited(workspace.root, act, folder, publication.files)
    return Published(workspace.shown(folder), publication)


def _require_inside(workspace: Workspace, folder: str) -> None:
    """Refused if the folder of publications, which the workspace itself names, lies somewhere else."""
    if "\0" in folder or not is_inside(workspace.root, workspace.root / folder, workspace.outside):
        raise Refused(MESSAGE, "name the folder with --to, or in the environment variable POINTS_OUTSIDE", value=folder)


def compose(
    workspace: Workspace,
    inputs: Inputs,
    asked: Asked,
    order: Order,
    publishing: Publishing,
    followed: str | None = None,
) -> Publication:
    """The folder's content; the same inputs and order give the same bytes.

    `followed` is the digest of the manifest that it follows or amends; None: the one that is there now.
    """
    check_documents(order.documents, order.audience, publishing)
    derived = derive(inputs, asked, workspace.language, skip_invalid=order.skip_invalid, by_dimension=True)
    if order.code:
        told = replace(derived.report.tally, decided=order.decided)
        derived = replace(derived, report=replace(derived.report, tally=told))
    working("making the documents")
    tally = derived.report.tally
    _, scheme = version_at_end(inputs.schemes, tally.scheme, tally.period)
    folders = list(published_folders(workspace.root / publishing.folder))
    if followed is None:
        before = _before(folders, tally.scheme, tally.period.label, order)
        followed = digest_of(before) if before else ""
    else:
        before = find_before(folders, followed)
    order = replace(order, masked=publishing.profiles[order.audience].names == "masked")
    core = build_core(workspace, inputs, tally, order, derived.piles, followed)
    why = open_matters(derived, workspace.language)
    amended = (NoticeWords(workspace.language).text("amended", reason=order.amends),) if order.amends else ()
    posted = Posted((*amended, *why), order.code or code_of(core), order.checkpoint)
    notice = build_notice(derived, scheme, publishing, order.audience, workspace.language, posted)
    changes = None
    profile = publishing.profiles[order.audience]
    veil = Veil(tally, profile)
    if order.amends:
        changes = correction_table(manifest_of(before), tally, results_of(tally), veil, workspace.language)
        notice = replace(notice, summaries=(changes, *notice.summaries))
    basis = Basis(inputs, asked, order.skip_invalid, scheme, profile, derived, notice, veil)
    files = {**render_documents(notice, changes), **render_papers(order.documents, basis)}
    return Publication(
        notice,
        {**files, NAME: manifest_bytes(core, files)},
        core,
        derived,
        why,
        derived.report.warnings,
        derived.report.notes,
    )


def open_matters(derived: Derived, language: Language) -> tuple[str, ...]:
    """Why a result is not final: what the tally says, and what still waits for review."""
    words = NoticeWords(language)
    tally = derived.report.tally
    found = list(marks(tally, Words(language)))
    waiting = len({one.source.event for each in derived.members.values() for one in each.idle if one.why == "waiting"})
    if waiting:
        found.append(words.text("waiting", count=waiting))
    nominated = sum(len(outcome.nominated) for outcome in tally.outcomes)
    if nominated:
        found.append(words.text("nominated", count=nominated))
    return tuple(found)


def target_folder(workspace: Workspace, publishing: Publishing, publication: Publication, order: Order) -> Path:
    """`published/2021Q3/SCHEME`, another audience's beside it, a correction after it."""
    name = f"{publication.core['scheme']}"
    if order.audience != "wall":
        name += f"-{order.audience}"
    base = workspace.root / publishing.folder / str(publication.core["period"])
    if not order.amends:
        return base / name
    if not (base / name).exists():
        raise Refused(
            "there is nothing to amend: {folder} is not there",
            "publish it first, without --amend",
            folder=workspace.shown(base / name),
        )
    return next(folder for n in range(1, 1000) if not (folder := base / f"{name}-amended-{n}").exists())


def _refuse_old(workspace: Workspace, folder: Path, *, amends: bool) -> None:
    if folder.exists():
        hint = 'what is published stays; write a correction beside it: --amend "reason"'
        if amends:
            hint = "choose another folder with --to"
        raise Refused("{folder} is there already", hint, folder=workspace.shown(folder))


def _before(folders: Sequence[Path], scheme: str, period: str, order: Order) -> Path | None:
    """The folder that this one follows: the one that it amends, else the last one of the scheme for the audience."""
    name = scheme if order.audience == "wall" else f"{scheme}-{order.audience}"
    own = [one for one in folders if one.name == name or one.name.startswith(f"{name}-amended-")]
    same = [one for one in own if one.parent.name == period]
    earlier = [one for one in own if one.parent.name < period]
    if order.amends and same:
        return same[-1]
    return earlier[-1] if earlier else None


def published_folders(root: Path) -> Sequence[Path]:
    """Every folder with a manifest below the folder of publications, by period and name."""
    return sorted(path.parent for path in root.glob(f"*/[!.]*/{NAME}")) if root.is_dir() else []
