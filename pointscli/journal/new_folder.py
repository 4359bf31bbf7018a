"""Files into a folder of their own: a new folder appears whole or not at all."""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Mapping
from pathlib import Path

from pointscli.journal.atomic import PAUSE, TRIES, WINDOWS, UnconfirmedError, reason_of, replace_file
from pointscli.model.problem import FileError


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
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


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
        reason, hint = "the disk did not confirm that it was written ({detail})", "Check the disk; nothing was kept."
        raise FileError((folder / name).as_posix(), reason, hint, **error.args_) from error
    except FileError as error:
        raise FileError((folder / name).as_posix(), error.reason, error.hint, **error.args_) from error
    except OSError as error:
        raise _failed(folder / name, error) from error


def _rename(building: Path, folder: Path) -> None:
    """Windows refuses that for a moment while somebody, such as a virus scanner, reads in it."""
    for left in reversed(range(TRIES)):
        try:
            building.rename(folder)
        except OSError as error:
            if not (WINDOWS and left and isinstance(error, PermissionError)):
                raise _failed(folder, error) from error
            time.sleep(PAUSE)
        else:
            return


def _failed(path: Path, error: OSError) -> FileError:
    reason, hint, values = reason_of(error)
    return FileError(path.as_posix(), reason, hint, **values)
