"""Opens a file and hands it to the reader of what it really is, whatever its name says."""

from __future__ import annotations

import stat
from pathlib import Path

from pointscli.inputs.csv_file import read_csv
from pointscli.inputs.grid import Grid
from pointscli.inputs.headers import TableSpec
from pointscli.inputs.jsonl_file import read_jsonl
from pointscli.inputs.parquet_file import read_parquet
from pointscli.inputs.xlsx_file import read_xlsx
from pointscli.model.problem import FileError, Place, Problem

SUFFIXES = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".xlsx": "xlsx", ".parquet": "parquet"}
_KIND_NAMES = {
    "csv": "text",
    "jsonl": "JSON",
    "xlsx": "an Excel workbook (.xlsx)",
    "parquet": "a Parquet file",
    "ole": "an old Excel workbook (.xls, .et) or one with a password",
    "html": "a web page (HTML)",
    "pdf": "a PDF document",
    "zip": "an archive",
}
_MAGIC = (
    (b"PK\x03\x04", "xlsx"),
    (b"PAR1", "parquet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF-", "pdf"),
)
_HEAD = 512


def open_grid(path: Path, shown: str, spec: TableSpec) -> tuple[Grid | None, list[Problem]]:
    """Read a file with the reader that its suffix and its content agree on."""
    with_content = read_bytes(path, shown)
    said, found = SUFFIXES.get(path.suffix.lower()), content_kind(with_content)
    if said and not _agree(said, found):
        return None, [_wrong_kind(shown, path.suffix, found)]
    match said or found:
        case "csv":
            return read_csv(path, shown, with_content, spec)
        case "jsonl":
            return read_jsonl(path, shown, with_content)
        case "xlsx":
            return read_xlsx(shown, with_content, spec)
        case "parquet":
            return read_parquet(path, shown, spec)
        case _:
            return None, [_wrong_kind(shown, path.suffix, found)]


def read_bytes(path: Path, shown: str) -> bytes:
    """The bytes of a regular file; FileError with the reason otherwise."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileError(shown, "it is a folder or a device, not a file", "name a file")
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError(shown, "there is no such file", "check the name and the folder") from None
    except PermissionError:
        raise FileError(
            shown, "it may not be read", "close it in other programs, or ask for the right to read it"
        ) from None
    except OSError as error:
        raise FileError(shown, "it cannot be read ({error})", "try a copy", error=error.strerror or error) from None


def content_kind(data: bytes) -> str:
    """What a file really is, from its first bytes."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head")):
        return "html"
    return "jsonl" if head.startswith((b"{", b"[")) else "csv"


def _agree(said: str, found: str) -> bool:
    """Text may be either of the text formats, and an empty file is for the reader to name."""
    return said == found or {said, found} <= {"csv", "jsonl"}


def _wrong_kind(shown: str, suffix: str, found: str) -> Problem:
    return Problem(
        "wrong-file-kind",
        Place(shown),
        "the name ends in {suffix}, but the content is {kind}",
        "save it again as .xlsx or as CSV UTF-8, with the suffix that belongs to it",
        (("suffix", suffix or "-"), ("kind", _KIND_NAMES[found])),
    )
