"""Every message has a Chinese translation with the same placeholders, and the compiled catalogue is fresh.

POINTS_UPDATE_CATALOGUE=1 compiles `zh.po` to `zh.mo`.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parent.parent / "pointscli"
LOCALE = PACKAGE / "locale"
TEMPLATE = re.compile(r"[a-z]{2,} [a-z{]|\} [a-z]|[a-z] \{")
"""What tells a message from other texts: words with blanks between them."""
NO_MESSAGES = (
    "engine/",  # SQL
    "inputs/parquet_file.py",  # mostly SQL; its findings are in the catalogue
    "outputs/titles.py",  # titles in both languages
    "outputs/terminal_format.py",  # styles
    "scheme/yaml_errors.py",  # the YAML library's own words
)
WORDS = re.compile(r"outputs/\w+_words\.py")
"""Words of documents, in both languages side by side."""
NOT_SHOWN = (
    "node or score",
    "offset points",
    "unexpected end of data",
    "field larger than field limit",
    "maximum nesting depth",
    "[（(",
)
"""Beginnings of texts that look like messages and are not: a role, the CSV library's words, a pattern."""


def translations() -> dict[str, str]:
    with (LOCALE / "zh.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def aside(tree: ast.AST) -> Iterator[int]:
    """Docstrings and parts of f-strings."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            yield id(node.value)
        if isinstance(node, ast.JoinedStr):
            yield from map(id, node.values)


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith(NO_MESSAGES) or WORDS.fullmatch(name):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        skipped = set(aside(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
                text = node.value
                if TEMPLATE.search(text) and "\n" not in text and not text.startswith(NOT_SHOWN):
                    yield name, text


def test_every_message_is_translated() -> None:
    known = translations()
    assert [(name, text) for name, text in templates() if not known.get(text)] == []


def test_placeholders_are_kept() -> None:
    fields = re.compile(r"\{(\w+)\}")
    wrong = [
        (source, target)
        for source, target in translations().items()
        if not set(fields.findall(target)) <= set(fields.findall(source))
    ]
    assert wrong == []


def test_the_catalogue_is_compiled() -> None:
    with (LOCALE / "zh.po").open("rb") as file:
        catalogue = read_po(file)
    if os.environ.get("POINTS_UPDATE_CATALOGUE"):
        with (LOCALE / "zh.mo").open("wb") as file:
            write_mo(file, catalogue)
    with (LOCALE / "zh.mo").open("rb") as file:
        compiled = read_mo(file)
    # Not the bytes: the header names the compiler's own version.
    assert {one.id: one.string for one in compiled if one.id} == {one.id: one.string for one in catalogue if one.id}
