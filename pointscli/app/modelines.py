"""The line at the top of a rule file by which editors find the JSON Schema: completion and checks while writing."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

from pointscli.app.inside import ordinary_bytes
from pointscli.model.problem import FileError
from pointscli.scheme.json_schema import build_schema

MODELINE = "# yaml-language-server: $schema="
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PRESENT = re.compile(rb"^# *yaml-language-server: *\$schema=[^\r\n]*", re.MULTILINE)


def schema_text(translate: Callable[[str], str]) -> str:
    """The JSON Schema of rule files as text, with descriptions in a language."""
    import json  # noqa: PLC0415  (only here)

    return json.dumps(build_schema(translate), ensure_ascii=False, indent=2) + "\n"


def modeline(rule_file: Path, schema: Path) -> str:
    """The line for a rule file: the schema's path as seen from the file's folder."""
    seen = os.path.relpath(schema.resolve(), rule_file.resolve().parent)
    return MODELINE + Path(seen).as_posix()


def with_modeline(rule_file: Path, line: str) -> bytes:
    """The file's bytes with that line at the top, or in place of the one that it has; nothing else is touched."""
    try:
        data = ordinary_bytes(rule_file)
    except OSError as error:
        reason = "it cannot be read: {why}"
        raise FileError(rule_file.as_posix(), reason, "check the file", why=error.strerror) from error
    mark = _BYTE_ORDER_MARK if data.startswith(_BYTE_ORDER_MARK) else b""
    body, new = data.removeprefix(mark), line.encode()
    if _PRESENT.search(body):
        return mark + _PRESENT.sub(lambda _: new, body, count=1)
    ending = b"\r\n" if body.split(b"\n", 1)[0].endswith(b"\r") else b"\n"
    return mark + new + ending + body
