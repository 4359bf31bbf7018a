"""What `points.yaml` says of the office's forms under `import:`, and how more is written there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pointscli.app.workspace import SETTINGS
from pointscli.inputs.form_words import field_named, field_names
from pointscli.model.problem import Edit, FileError, FindingsError, Place, Problem, Refused
from pointscli.model.splice import splice
from pointscli.scheme.reading import Fields, Reading, open_fields
from pointscli.scheme.tree import Mapping as TreeMapping
from pointscli.scheme.tree import Tree
from pointscli.scheme.yaml_tree import parse_tree

SECTION = "import"
_KEYS = ("columns", "items")
_PLAIN = re.compile(r"[^\W\d_][\w-]*")
_RESERVED = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """What the headings of the office's forms mean, and its words for items."""

    columns: Words = field(default_factory=dict)
    """Heading → field of the log, or `none`."""
    items: Words = field(default_factory=dict)
    """Word → id, title or alias of an item."""

    def with_more(self, more: ImportSettings) -> ImportSettings:
        """The same, with others that go before."""
        return ImportSettings({**self.columns, **more.columns}, {**self.items, **more.items})


def read_import_settings(root: Path) -> ImportSettings:
    """The section of the workspace's settings; FindingsError if it is wrong."""
    settings, problems = _parse(_content(root))
    if problems:
        raise FindingsError(problems)
    return settings


def check_import_settings(root: Path) -> list[Problem]:
    """Everything wrong in the section."""
    return _parse(_content(root))[1]


def save_import_settings(root: Path, more: ImportSettings) -> bytes:
    """The settings file with these words in it; every other byte stays as it was."""
    data = _content(root)
    wanted = read_import_settings(root).with_more(more)
    for section in _KEYS:
        for word, meaning in getattr(more, section).items():
            data = _put(data, section, word, meaning)
    found, problems = _parse(data)
    if problems or (found.columns, found.items) != (wanted.columns, wanted.items):
        hint = "write it there yourself, as in: import: columns: 申报分值: points"
        raise Refused("{path} is written in a way that the mapping cannot be added to", hint, path=SETTINGS)
    return data


def _content(root: Path) -> bytes:
    path = root / SETTINGS
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError as error:
        raise FileError(SETTINGS, "it cannot be read: {why}", "check the file", why=error.strerror) from error


def _parse(data: bytes) -> tuple[ImportSettings, list[Problem]]:
    if not data.strip():
        return ImportSettings(), []
    tree, problems = parse_tree(data, SETTINGS)
    reading = Reading()
    settings = ImportSettings()
    value = _section(tree)
    if tree and value:
        fields = open_fields(reading, value, _KEYS, value.place)
        if fields:
            settings = ImportSettings(_columns(reading, fields), _words(reading, fields.get("items")))
    return settings, problems + reading.problems


def _section(tree: TreeMapping | None) -> Tree | None:
    entry = tree.entry(SECTION) if tree else None
    return entry.value if entry else None


def _columns(reading: Reading, fields: Fields) -> Words:
    found = {}
    for title, text in _words(reading, fields.get("columns")).items():
        name = field_named(text)
        if name is None:
            tree = fields.get("columns")
            entry = tree.entry(title) if isinstance(tree, TreeMapping) else None
            place = entry.value.place if entry else Place(SETTINGS)
            reading.unknown("bad-word", place, "{value} is not a column of the event log", text, field_names())
        else:
            found[title] = name
    return found


def _words(reading: Reading, tree: Tree | None) -> Words:
    """Texts with texts."""
    mapping = reading.mapping(tree, "write keys with values, such as {known}", known="申报分值: points")
    found = {}
    for entry in mapping or ():
        scalar = reading.scalar(entry.value, "write an id that this scheme has")
        if scalar is not None:
            found[entry.name.strip()] = scalar.text.strip()
    return found


def _put(data: bytes, section: str, word: str, meaning: str) -> bytes:
    """The file with one more word."""
    line = f"{_scalar(word)}: {_scalar(meaning)}"
    tree = parse_tree(data, SETTINGS)[0] if data.strip() else None
    top = _section(tree)
    if tree is None or top is None or not isinstance(top, TreeMapping):
        return _append(data, f"{SECTION}:\n  {section}:\n    {line}\n")
    inner = top.entry(section)
    if inner is None or not isinstance(inner.value, TreeMapping):
        return _insert(data, top, f"{section}: {{{line}}}")
    old = inner.value.entry(word)
    if old is not None:
        start = (old.value.place.line, old.value.place.column)
        return _edit(data, start, old.value.end, _scalar(meaning))
    return _insert(data, inner.value, line)


def _insert(data: bytes, mapping: TreeMapping, text: str) -> bytes:
    """Another entry after a mapping's last one: on a line of its own, or before the closing bracket."""
    start = (mapping.place.line, mapping.place.column)
    if _at(data, start) == "{":
        end = (mapping.end[0], mapping.end[1] - 1)
        return _edit(data, end, end, f", {text}" if mapping.entries else text)
    last = mapping.entries[-1]
    line = last.value.end[0]
    newline = "\r\n" if b"\r\n" in data else "\n"
    lines = data.decode("utf-8-sig").split(newline)
    at = (line, len(lines[line - 1]) + 1)
    return _edit(data, at, at, f"{newline}{' ' * (last.place.column - 1)}{text}")


def _at(data: bytes, mark: tuple[int, int]) -> str:
    lines = data.decode("utf-8-sig").splitlines()
    line = lines[mark[0] - 1]
    return line[mark[1] - 1 : mark[1]]


def _append(data: bytes, text: str) -> bytes:
    newline = "\r\n" if b"\r\n" in data else "\n"
    before = data if not data or data.endswith(b"\n") else data + newline.encode()
    return before + text.replace("\n", newline).encode()


def _edit(data: bytes, start: tuple[int, int], end: tuple[int, int], text: str) -> bytes:
    return splice(data, [[Edit(start, end, text)]])[0]


def _scalar(text: str) -> str:
    """A text as YAML: plain where nothing in it could be taken for anything else."""
    is_plain = _PLAIN.fullmatch(text) and text.casefold() not in _RESERVED
    return text if is_plain else json.dumps(text, ensure_ascii=False)
