"""Readers that share no code with the writers, and what they must not find: nothing of ours runs, links or steers."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from markdown_it import MarkdownIt
from markdown_it.token import Token
from python_calamine import CalamineWorkbook

from tests.security.hostile import CONTROLS

PADDING = " \u3000\u00a0\u200b\u200c\u200d\u2060\ufeff"
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_OURS = """
html head meta title style script body main header footer nav section article div p h1 h2 h3 span bdi a button
input label details summary ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td b i em
strong small code br hr svg g rect line text tspan path polyline figure figcaption time abbr s
"""
TAGS = frozenset(_OURS.split())
ATTRIBUTES = re.compile(
    r"lang|charset|http-equiv|content|name|class|id|scope|colspan|rowspan|role|href|for|type|checked|hidden|open|title"
    r"|dir|tabindex|datetime|aria-[a-z]+|data-[a-z-]+|viewbox|width|height|x|y|x1|y1|x2|y2|d|rx|text-anchor|style|value|autocomplete"
)


@dataclass
class Read:
    """What an output says to its reader: the texts in it, and everything that it must not hold."""

    texts: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.texts)


def read(kind: str, data: bytes) -> Read:
    """Read an output of a kind: by its suffix, or by what it is for."""
    found = _READERS[kind](data)
    if kind not in ("xlsx", "png"):
        text = data.decode("utf-8")
        found.wrong += [f"U+{ord(char):04X} gets out" for char in sorted(CONTROLS & set(text))]
    return found


def read_csv(data: bytes) -> Read:
    found = Read()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    widths = {len(row) for row in rows}
    found.wrong += [f"rows of different widths: {widths}"] if len(widths) > 1 else []
    for cell in (cell for row in rows for cell in row):
        if cell.lstrip(PADDING).startswith(FORMULA) and not NUMBER.fullmatch(cell):
            found.wrong.append(f"a formula: {cell[:60]!r}")
        found.texts.append(cell.removeprefix("'"))
    return found


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Read([""])
        self.inside: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in TAGS:
            self.found.wrong.append(f"an element: {tag}")
        self.found.wrong += [f"an attribute: {tag} {name}" for name in given if not ATTRIBUTES.fullmatch(name)]
        self.found.wrong += [f"an address: {one}" for one in (given.get("href"),) if one and one[0] != "#"]
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        elif "http-equiv" in given:
            self.found.wrong.append(f"an order to the browser: {given['http-equiv']}")
        if "url(" in (given.get("style") or "").lower():
            self.found.wrong.append("an address in a style")
        self.inside.append(tag)
        if tag in ("p", "td", "th", "h1", "h2", "h3", "dd", "dt", "li", "title", "text", "summary"):
            self.found.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = self.inside[-1] if self.inside else ""
        if inside == "style":
            self.found.wrong += ["an address in the style"] if re.search(r"url\(|@import|expression", data) else []
        elif inside != "script":
            self.found.texts[-1] += data

    def handle_comment(self, data: str) -> None:
        self.found.wrong.append(f"a comment: {data[:40]}")


def read_html(data: bytes) -> Read:
    page = _Page()
    page.feed(data.decode("utf-8"))
    page.close()
    if "default-src 'none'" not in page.policy:
        page.found.wrong.append(f"no policy: {page.policy}")
    text = data.decode("utf-8")
    scripts = re.findall(r"<script[^>]*>", text)
    if scripts and (scripts != ["<script>"] or "script-src 'sha256-" not in page.policy):
        page.found.wrong.append(f"scripts: {scripts} {page.policy}")
    if "unsafe" in page.policy.replace("style-src 'unsafe-inline'", ""):
        page.found.wrong.append(f"a loose policy: {page.policy}")
    return page.found


def read_xlsx(data: bytes) -> Read:
    found = Read()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            root = ET.fromstring(archive.read(name))  # noqa: S314  (the suite's own machine)
            found.wrong += _wrong_part(name, root)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for sheet in book.sheet_names:
        found.texts += [str(cell) for row in book.get_sheet_by_name(sheet).to_python() for cell in row]
        found.texts.append(sheet)
    return found


def _wrong_part(name: str, root: ET.Element) -> list[str]:
    """Formulas, links and connections in a part of a workbook."""
    tags = {one.tag.rpartition("}")[2] for one in root.iter()}
    wrong = [f"{name}: {tag}" for tag in sorted(tags & {"hyperlink", "hyperlinks", "ddeLink", "oleLink", "connection"})]
    if name.startswith("xl/worksheets/sheet") and tags & {"f", "formula", "formula1"}:
        wrong.append(f"{name}: a formula")
    if re.search(r"externalLinks|connections|vba|embeddings|macros|customXml", name):
        wrong.append(name)
    wrong += [f"{name}: an outside target" for one in root.iter() if one.get("TargetMode") == "External"]
    return wrong


def read_xml(data: bytes) -> Read:
    root = ET.fromstring(data)  # noqa: S314  (the suite's own machine)
    found = Read([text for one in root.iter() for text in (one.text or "", one.tail or "", *one.attrib.values())])
    found.wrong += [
        f"an element: {one.tag}"
        for one in root.iter()
        if one.tag.rpartition("}")[2] in {"script", "a", "image", "foreignObject", "b", "img", "iframe"}
    ]
    for one in root.iter():
        for name, value in one.attrib.items():
            plain = name.rpartition("}")[2]
            if plain.startswith("on") or (plain == "href" and not value.startswith("#")):
                found.wrong.append(f"an attribute: {plain}={value[:40]}")
    return found


def read_json(data: bytes) -> Read:
    found = Read()
    _texts_of(json.loads(data), found.texts)
    return found


def read_jsonl(data: bytes) -> Read:
    found = Read()
    for line in data.decode("utf-8").split("\n")[:-1]:
        _texts_of(json.loads(line), found.texts)
    return found


def _texts_of(value: object, texts: list[str]) -> None:
    if isinstance(value, dict):
        value = [one for pair in value.items() for one in pair]
    if isinstance(value, list):
        for one in value:
            _texts_of(one, texts)
    else:
        texts.append(str(value))


def read_markdown(data: bytes) -> Read:
    """As GitHub shows it: tables, and bare addresses become links."""
    found = Read()
    page = MarkdownIt("gfm-like", {"html": True}).parse(data.decode("utf-8"))
    _tokens(page, found)
    return found


def _tokens(tokens: Sequence[Token], found: Read) -> None:
    for token in tokens:
        if token.type in ("link_open", "image", "html_inline", "html_block", "code_block", "fence"):
            found.wrong.append(f"{token.type}: {token.attrs} {token.content[:60]!r}")
        if token.type in ("s_open", "em_open", "blockquote_open", "ordered_list_open"):
            found.wrong.append(f"{token.type} in {found.texts[-1:]}")
        if token.type == "inline":
            found.texts.append("".join(child.content for child in token.children or ()))
            places = [child.content for child in token.children or () if child.type == "code_inline"]
            found.wrong += [f"code: {one}" for one in places if not re.fullmatch(r".+\.(csv|yaml):\d+", one)]
            _tokens([child for child in token.children or () if child.type != "text"], found)


def read_text(data: bytes) -> Read:
    return Read(data.decode("utf-8").split("\n"))


def read_github(data: bytes) -> Read:
    """One command a finding; nothing else that the runner takes for one."""
    found = Read()
    for line in data.decode("utf-8").split("\n")[:-1]:
        whole = re.fullmatch(r"::(error|warning) ((?:[a-zA-Z]+=[^:,\r\n]*,?)+)::([^\r\n]*)", line)
        if whole is None:
            found.wrong.append(f"no command: {line[:80]!r}")
            continue
        keys = [pair.split("=", 1)[0] for pair in whole[2].split(",")]
        if not set(keys) <= {"title", "file", "line", "endLine", "col", "endColumn"} or len(keys) != len(set(keys)):
            found.wrong.append(f"properties: {keys}")
        found.texts += [whole[2], whole[3]]
    return found


_READERS = {
    "csv": read_csv,
    "html": read_html,
    "xlsx": read_xlsx,
    "svg": read_xml,
    "xml": read_xml,
    "json": read_json,
    "jsonl": read_jsonl,
    "md": read_markdown,
    "txt": read_text,
    "github": read_github,
}
