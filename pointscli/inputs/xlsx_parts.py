"""The parts of a workbook's archive, inflated with a limit: sizes in the archive's own directory can lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pointscli.inputs.refusals import CellError

if TYPE_CHECKING:
    import zipfile

LARGEST_WORKBOOK = 200 * 1024 * 1024
"""Bytes of all parts together, inflated."""
_CHUNK = 1 << 18
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 1
_OTHER_KINDS = {
    "xl/workbook.bin": "the content is an Excel binary workbook (.xlsb)",
    "word/document.xml": "the content is a Word document",
    "ppt/presentation.xml": "the content is a presentation",
    "mimetype": "the content is an OpenDocument file (.ods)",
}


class WorkbookError(CellError):
    """Why a workbook cannot be used at all."""


class Parts:
    """The named parts of a workbook; every byte inflated is counted against one limit."""

    def __init__(self, data: bytes) -> None:
        """Read the directory; WorkbookError if this is no workbook."""
        import zipfile  # noqa: PLC0415 - only where there is a workbook
        from io import BytesIO  # noqa: PLC0415 - the same

        self._data = data
        self._left = LARGEST_WORKBOOK
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, struct.error):
            raise damaged() from None
        self._entries = {entry.filename: entry for entry in entries}
        if len({name.casefold() for name in self._entries}) < len(entries):
            raise damaged()
        if "xl/workbook.xml" not in self._entries:
            known = (message for name, message in _OTHER_KINDS.items() if name in self._entries)
            message = next(known, "the content is an archive without a workbook")
            raise WorkbookError("wrong-file-kind", message, "save it again as .xlsx or as CSV UTF-8")

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The inflated content of a part, piece by piece; nothing if there is no such part."""
        entry = self._entries.get(name)
        if entry is None:
            return
        raw = self._raw(entry)
        if entry.compress_type == _STORED:
            yield self._count(bytes(raw))
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        pending: bytes | memoryview = raw
        try:
            while pending and not inflater.eof:
                yield self._count(inflater.decompress(pending, _CHUNK))
                pending = inflater.unconsumed_tail
            yield self._count(inflater.flush())
        except zlib.error:
            raise damaged() from None
        if not inflater.eof:
            raise damaged()

    def _raw(self, entry: zipfile.ZipInfo) -> memoryview:
        if entry.flag_bits & _ENCRYPTED:
            raise WorkbookError("password", "the workbook has a password", "save it without one")
        start = entry.header_offset
        # In a file without its beginning the directory's places lie before it.
        inside = 0 <= start <= len(self._data) - _LOCAL_HEADER.size
        if entry.compress_type not in (_STORED, _DEFLATED) or not inside:
            raise damaged()
        magic, name_size, extra_size = _LOCAL_HEADER.unpack_from(self._data, start)
        start += _LOCAL_HEADER.size + name_size + extra_size
        if magic != b"PK\x03\x04" or start + entry.compress_size > len(self._data):
            raise damaged()
        return memoryview(self._data)[start : start + entry.compress_size]

    def _count(self, piece: bytes) -> bytes:
        self._left -= len(piece)
        if self._left < 0:
            raise oversized()
        return piece


def damaged() -> WorkbookError:
    """The finding for an archive or a part that cannot be read."""
    return WorkbookError(
        "damaged-workbook", "the workbook is damaged", "open it in Excel or WPS and save it again, or take another copy"
    )


def oversized() -> WorkbookError:
    """The finding for a workbook that would fill the memory."""
    return WorkbookError(
        "oversized-workbook",
        "the workbook is too large: more than 5 million cells or 200 MB inside",
        "delete the empty rows and columns beyond the table, or save the sheet as CSV UTF-8",
    )
