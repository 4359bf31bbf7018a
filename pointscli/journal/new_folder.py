"""Files into a folder of their own: a new folder appears whole or not at all."""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from pointscli.journal.atomic import PAUSE, TRIES, WINDOWS, UnconfirmedError, reason_of, replace_file, sync_folder
from pointscli.journal.audit import Act, name_below, note_audited
from pointscli.journal.chain import read_head
from pointscli.model.problem import FileError

_BUILDING = re.compile(r"\.points-[0-9a-f]{8}\.tmp")
_UNCONFIRMED = ("the disk did not confirm that it was written ({detail})", "Check the disk; nothing was kept.")


def fill_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their paths below a folder that is not there yet, or that has none of them.

    Raises:
        FileError: Something could not be written; nothing of it is left.
    """
    if folder.exists():
        _fill(folder, files)
    else:
        _create(folder, files)


def _create(folder: Path, files: Mapping[str, bytes]) -> None:
    """Build the folder beside its place, then give it its name."""
    building = folder.with_name(f".points-{secrets.token_hex(4)}.tmp")
    try:
        building.mkdir()
    except OSError as error:
        raise _failed(folder, error) from error
    try:
        for name, data in files.items():
            _write(building, name, data, folder)
        _rename(building, folder)
        building = folder
        sync_folder(folder.parent, folder)
    except UnconfirmedError as error:
        shutil.rmtree(building, ignore_errors=True)
        reason, hint = _UNCONFIRMED
        raise FileError(folder.as_posix(), reason, hint, **error.args_) from error
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def new_folder_audited(root: Path, act: Act, folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder, its parents too, and add one entry; a folder that `is_left_over` is only noted.

    The lock is held. What a killed command left half built beside it is removed.

    Raises:
        FileError: There is no such folder afterwards, and nothing was recorded.
    """
    if is_left_over(root, folder, files):
        note_audited(root, act, [folder / name for name in files])
        return
    made: list[Path] = []
    try:
        _make_parents(folder, made)
        _sweep(folder.parent)
        _create(folder, files)
        made.insert(0, folder)
        note_audited(root, act, [folder / name for name in files])
    except BaseException:
        for path in made:
            if path == folder:
                shutil.rmtree(path, ignore_errors=True)
            with contextlib.suppress(OSError):
                path.rmdir()
        raise


def _sweep(parent: Path) -> None:
    """Remove what killed commands left half built: a copy of files that are elsewhere, or of a page nobody has seen."""
    with contextlib.suppress(OSError):
        for path in parent.iterdir():
            if _BUILDING.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)


def is_left_over(root: Path, folder: Path, files: Mapping[str, bytes]) -> bool:
    """Whether a folder was written by a command that was killed before it could note it: these files, no entry."""
    try:
        there = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    except OSError:
        return False
    sizes = read_head(root).sizes
    return there == dict(files) and not any(name_below(root, folder / name) in sizes for name in files)


def _make_parents(folder: Path, made: list[Path]) -> None:
    """Make the folders above it that are not there yet; `made`: those, the innermost first."""
    try:
        for path in reversed([one for one in folder.parents if not one.exists()]):
            path.mkdir()
            made.insert(0, path)
            sync_folder(path.parent, path)
    except UnconfirmedError as error:
        reason, hint = _UNCONFIRMED
        raise FileError(folder.parent.as_posix(), reason, hint, **error.args_) from error
    except OSError as error:
        raise _failed(folder.parent, error) from error


def _fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write one file after the other, in their order; what is there already stays."""
    there = {path for path in folder.rglob("*") if path.is_dir()}
    written: list[Path] = []
    try:
        for name, data in files.items():
            written.append(folder / name)
            _write(folder, name, data, folder)
    except BaseException:
        for path in written:
            with contextlib.suppress(OSError):  # a file where a folder should be
                path.unlink(missing_ok=True)
                if path.parent not in there | {folder} and path.parent.is_dir() and not any(path.parent.iterdir()):
                    path.parent.rmdir()
        raise


def _write(where: Path, name: str, data: bytes, folder: Path) -> None:
    """Write a file; a failure names it where it was to be."""
    try:
        (where / name).parent.mkdir(exist_ok=True)
        replace_file(where / name, data)
    except UnconfirmedError as error:
        reason, hint = _UNCONFIRMED
        raise FileError((folder / name).as_posix(), reason, hint, **error.args_) from error
    except FileError as error:
        raise FileError((folder / name).as_posix(), error.reason, error.hint, **error.args_) from error
    except OSError as error:
        raise _failed(folder / name, error) from error


def _rename(building: Path, folder: Path) -> None:
    """Windows refuses that for a moment while somebody, such as a virus scanner, reads in it."""
    for left in reversed(range(TRIES)):  # pragma: no branch (the last try returns or raises)
        try:
            building.rename(folder)
        except OSError as error:
            if not (WINDOWS and left and isinstance(error, PermissionError)):
                raise _failed(folder, error) from error
            time.sleep(PAUSE)  # pragma: no cover (Windows)
        else:
            return


def _failed(path: Path, error: OSError) -> FileError:
    reason, hint, values = reason_of(error)
    return FileError(path.as_posix(), reason, hint, **values)
