"""Opens a file and hands it to the reader of what it really is, whatever its name says."""

from __future__ import annotations

import stat
from pathlib import Path

from pointscli.inputs.csv_file import read_csv
from pointscli.inputs.grid import Grid
from pointscli.inputs.headers import TableSpec
from pointscli.model.problem import FileError, Place, Problem

SUFFIXES = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".xlsx": "xlsx", ".parquet": "parquet"}
_NOT_AS_NAMED = {
    "csv": "the content is text, not what the suffix {suffix} says",
    "jsonl": "the content is JSON, not what the suffix {suffix} says",
    "xlsx": "the content is an Excel workbook (.xlsx), not what the suffix {suffix} says",
    "parquet": "the content is a Parquet file, not what the suffix {suffix} says",
    "ole": "the content is an old Excel workbook (.xls, .et)",
    "html": "the content is a web page (HTML)",
    "pdf": "the content is a PDF document",
}
_READ_AS_NAMED = frozenset({"csv", "jsonl", "xlsx", "parquet"})
_MAGIC = (
    (b"PK\x03\x04", "xlsx"),
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF-", "pdf"),
)
_HEAD = 512
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_grid(path: Path, shown: str, spec: TableSpec) -> tuple[Grid | None, list[Problem]]:
    """Read a file with the reader that its suffix and its content agree on; FileError if it cannot be opened."""
    kind, problems = file_kind(path, shown)
    match kind:
        case "":
            return None, problems
        case "csv":
            return read_csv(path, shown, read_bytes(path, shown), spec)
        case "jsonl":
            from pointscli.inputs.jsonl_file import read_jsonl  # noqa: PLC0415  (few logs are anything but CSV)

            return read_jsonl(path, shown, read_bytes(path, shown))
        case "xlsx":
            from pointscli.inputs.xlsx_file import read_xlsx  # noqa: PLC0415  (the same)

            return read_xlsx(shown, read_bytes(path, shown), spec)
        case _:
            from pointscli.inputs.parquet_file import read_parquet  # noqa: PLC0415  (the same)

            return read_parquet(path, shown, spec)


def file_kind(path: Path, shown: str) -> tuple[str, list[Problem]]:
    """The format that a file's suffix and content agree on; empty, and why, if they do not."""
    said, found = SUFFIXES.get(path.suffix.lower()), content_kind(read_bytes(path, shown, _HEAD))
    if found == "ole" and _ENCRYPTED in read_bytes(path, shown):
        return "", [Problem("password", Place(shown), "the workbook has a password", "save it without one")]
    if found not in _READ_AS_NAMED or (said and not _agree(said, found)):
        return "", [_wrong_kind(shown, path.suffix, found)]
    return said or found, []


def content_kind(data: bytes) -> str:
    """What a file really is, from its first bytes."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head")):
        return "html"
    return "jsonl" if head.startswith((b"{", b"[")) else "csv"


def read_bytes(path: Path, shown: str, size: int = -1) -> bytes:
    """The first bytes of a regular file, or all of it."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileError(shown, "it is a folder or a device, not a file", "name a file")
        with path.open("rb") as file:
            return file.read(size)
    except FileNotFoundError:
        raise FileError(shown, "there is no such file", "check the name and the folder") from None
    except PermissionError:
        raise FileError(
            shown, "it may not be read", "close it in other programs, or ask for the right to read it"
        ) from None
    except OSError as error:
        raise FileError(shown, "it cannot be read ({error})", "try a copy", error=error.strerror or error) from None


def _agree(said: str, found: str) -> bool:
    """Text may be either of the text formats, and an empty file is for the reader to name."""
    return said == found or {said, found} <= {"csv", "jsonl"}


def _wrong_kind(shown: str, suffix: str, found: str) -> Problem:
    return Problem(
        "wrong-file-kind",
        Place(shown),
        _NOT_AS_NAMED[found],
        "save it again as .xlsx or as CSV UTF-8, with the suffix that belongs to it",
        (("suffix", suffix),),
    )
