"""Takes torn tails out of logs and of the chain: the file is copied first, the piece is kept, nothing is deleted."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pointscli.journal.append import cut_file
from pointscli.journal.atomic import replace_file, unreadable
from pointscli.journal.audit import name_below
from pointscli.journal.chain import CHAIN, read_head
from pointscli.journal.tail import look_at_tail
from pointscli.model.problem import FileError


@dataclass(frozen=True, slots=True)
class Torn:
    """A file whose last record is not finished; `unclear`: nobody can say where it begins, and it is left alone."""

    path: Path
    keep: int
    piece: bytes
    line: int
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class Repaired:
    """Where the file was copied to, and where the piece is now."""

    copy: Path
    piece: Path


def find_torn(root: Path, logs: Iterable[Path]) -> list[Torn]:
    """Every torn file: the chain first."""
    sizes = read_head(root, skip_torn=True).sizes
    return [
        *_look(root / CHAIN, None),
        *(torn for path in logs for torn in _look(path, sizes.get(name_below(root, path)))),
    ]


def _look(path: Path, known: int | None) -> Iterator[Torn]:
    try:
        tail = look_at_tail(path, known)
        if not tail.torn:
            return
        with path.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        return
    except OSError as error:
        raise unreadable(path, error) from error
    yield Torn(path, tail.keep, data[tail.keep :], data.count(b"\n", 0, tail.keep) + 1, tail.unclear)


def take_out(torn: Torn) -> Repaired:
    """Copy the file, keep the piece beside it, then cut it off.

    Raises:
        FileError: The file is as it was; copies that were already made stay.
    """
    data = torn.path.read_bytes()
    done = Repaired(_free(torn.path, "before-repair"), _free(torn.path, "torn"))
    replace_file(done.copy, data)
    replace_file(done.piece, torn.piece)
    try:
        cut_file(torn.path, torn.keep)
    except FileError as error:
        put_back(torn)
        if "detail" not in error.args_:
            raise
        reason, hint = "it cannot be written ({detail})", "Nothing was changed."
        raise FileError(str(torn.path), reason, hint, **error.args_) from error
    return done


def put_back(torn: Torn) -> None:
    """Give a file its piece again, where the repair could not be finished or noted; the copies stay."""
    with contextlib.suppress(OSError), torn.path.open("r+b") as file:
        if file.seek(0, os.SEEK_END) == torn.keep:
            file.write(torn.piece)
            file.flush()
            os.fsync(file.fileno())


def _free(path: Path, kind: str) -> Path:
    """The first name that is not taken."""
    number = 1
    while os.path.lexists(found := path.with_name(f"{path.name}.{kind}-{number}")):
        number += 1
    return found
