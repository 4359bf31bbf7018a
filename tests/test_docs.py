"""Runs what the documentation shows: the READMEs and pointscli/docs, each in English and Chinese.

What a fenced block is, its info string says:

    yaml scheme     a complete rule file, which loads without findings
    yaml node       nodes, which do so below `score: items:`
    yaml example    parts of a scheme (_FRAME has the rest) and, after `---`, `events` (DATE MEMBER ITEM [QUANTITY]
                    [COLUMN=VALUE …], numbered E1, E2 …), `reviews` (DATE EVENT DECISION [COLUMN=VALUE …]) and `expect`:
                    by period (and options of tally) members with their scores or {score: …, rank: …} (null: not
                    listed), `outcomes`, `nominated`, or `error`, a text on stderr
    csv FILE        (any format) written before the commands that follow
    console         `$ points …` is run, its output compared; `...` stands for any lines; `cp` and `mkdir` work;
                    every check code is shown as the same one (doc_console.py)

When the program's output has changed, POINTS_DOCS=write pytest tests/test_docs.py -n 0 writes it into the pages.
"""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer.main
import yaml
from typer.core import TyperGroup, TyperOption
from typer.testing import CliRunner

from pointscli.app.publish_profile import AUDIENCES, COLUMNS, SIGNED, Profile
from pointscli.app.workspace import KEYS as SETTINGS
from pointscli.cli.commands import Deferred
from pointscli.cli.main import app
from pointscli.inputs.headers import SPECS
from pointscli.inputs.reviews import DECISIONS
from pointscli.model.period import Kind
from pointscli.scheme import reading
from pointscli.scheme.load import load_text
from pointscli.scheme.result_types import Ties
from pointscli.scheme.types import Active, CombineBy, RollupBy, Rounding
from tests.case_files import Record, tally_arguments, write_rules, write_tables
from tests.doc_console import ROOT, Terminal
from tests.test_conformance import _differences

PAGES_BESIDE = ("rules", "files", "ci", "tests", "year", "security", "province", "speed", "trust")
NAMES = ("README", *(f"pointscli/docs/{name}" for name in PAGES_BESIDE))
PAIRS = [(Path(f"{name}.md"), Path(f"{name}.zh-CN.md")) for name in NAMES]
README, RULES, FILES, TESTS, YEAR = (PAIRS[number] for number in (0, 1, 2, 4, 5))
PAGES = [page for pair in PAIRS for page in pair]
_FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FRAME = {"language": 1, "scheme": "example", "title": "示例", "effective": "{from: 2021-01-01}", "settle": "year"}
_RESULTS = ("outcomes", "nominated", "error")


class Block(NamedTuple):
    """A fenced block; its name says page, line and info string."""

    page: Path
    info: str
    text: str
    name: str


def _blocks(page: Path) -> list[Block]:
    text = (ROOT / page).read_text("utf-8")
    found = ((match, text.count("\n", 0, match.start()) + 1) for match in _FENCE.finditer(text))
    return [Block(page, match[1], match[2], f"{page.name}:{line} {match[1]}") for match, line in found]


def _prose(page: Path) -> str:
    return _FENCE.sub("", (ROOT / page).read_text("utf-8"))


def _of_kind(info: str) -> list[Any]:
    """The blocks of the English pages; the Chinese ones show the same, which a test of its own holds."""
    return [pytest.param(one, id=one.name) for page, _ in PAIRS for one in _blocks(page) if one.info == info]


def _framed(text: str) -> str:
    """A scheme with the top keys that an example leaves out."""
    own = yaml.safe_load(text) or {}
    return "".join(f"{key}: {value}\n" for key, value in _FRAME.items() if key not in own) + text


# -- rule files and fragments of them


@pytest.mark.parametrize("block", _of_kind("yaml scheme") + _of_kind("yaml node"))
def test_rule_file(block: Block) -> None:
    text = block.text
    if block.info == "yaml node":
        text = _framed("score:\n  items:\n" + "".join(f"    {line}\n" for line in text.splitlines()))
    scheme, problems = load_text(text.encode(), "scheme.yaml")
    assert (problems, scheme is not None) == ([], True)


# -- examples with results


def _members(answer: Record, events: list[Record]) -> list[Record]:
    """Roster rows: those given, then everyone whom an event or a result names."""
    given: Record = answer.get("members") or {}
    named = [name for event in events for name in event["member"].split(";")]
    for wanted in answer["expect"].values():
        named += [name for name in wanted if name not in _RESULTS]
    spells = {member: given.get(member) or {} for member in [*given, *named]}
    return [
        {"id": member, "name": f"党员{member}", **spell}
        for member, own in spells.items()
        for spell in (own if isinstance(own, list) else [own])
    ]


def _row(text: str, columns: tuple[str, str, str]) -> Record:
    words = shlex.split(text)
    row: Record = dict(zip(columns, words[:3], strict=True))
    for word in words[3:]:
        name, equals, value = word.partition("=")
        row |= {name: value} if equals else {"quantity": word}
    return row


def _case(block: Block) -> Record:
    content, answer = yaml.safe_load_all(block.text)
    case: Record = {"expect": answer["expect"], "scheme": _framed(block.text.partition("\n---\n")[0])}
    if "schemes" in content:
        case["schemes"] = {name: _framed(yaml.safe_dump(one)) for name, one in content["schemes"].items()}
    events = [_row(text, ("date", "member", "item")) for text in answer.get("events") or []]
    case["events"] = [{"id": f"E{number}", **event} for number, event in enumerate(events, 1)]
    reviews = answer.get("reviews") or []
    case["reviews"] = [{"by": "支部", **_row(text, ("date", "event", "decision"))} for text in reviews]
    case["members"] = _members(answer, events)
    return case


@pytest.mark.parametrize("block", _of_kind("yaml example"))
def test_example(block: Block, tmp_path: Path) -> None:
    case = _case(block)
    assert case["expect"]
    write_rules(tmp_path, case)
    write_tables(tmp_path, case)
    for asked, wanted in case["expect"].items():
        period, *options = str(asked).split()
        arguments = tally_arguments(tmp_path, {"period": period, "args": options})
        result = CliRunner().invoke(app, arguments, env={"POINTS_LANG": "en", "NO_COLOR": "1"})
        if "error" in wanted:
            assert (result.exit_code, wanted["error"] in result.stderr) == (1, True), result.output
            continue
        assert result.exit_code == 0, result.output
        expect = {key: value for key, value in wanted.items() if key in _RESULTS}
        expect["members"] = {key: value for key, value in wanted.items() if key not in _RESULTS}
        assert _differences(json.loads(result.stdout, parse_float=Decimal), expect) == [], asked


# -- commands as they are typed


@pytest.mark.parametrize("page", [*README, *FILES, *TESTS, *YEAR], ids=str)
def test_console(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    now: list[str] = []
    terminal = Terminal("zh" if page in (chinese for _, chinese in PAIRS) else "en")
    for block in _blocks(page):
        now.append(terminal.replay(block.text) if block.info == "console" else block.text)
        if "." in (name := block.info.partition(" ")[2]):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(block.text, "utf-8")
    if os.environ.get("POINTS_DOCS") == "write":
        whole, texts = (ROOT / page).read_text("utf-8"), iter(now)
        (ROOT / page).write_text(_FENCE.sub(lambda found: f"```{found[1]}\n{next(texts)}```", whole), "utf-8")
        return
    for block, text in zip(_blocks(page), now, strict=True):
        assert text.splitlines() == block.text.splitlines(), block.name


# -- nothing is missing


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_both_languages_show_the_same(pair: tuple[Path, Path]) -> None:
    english, chinese = ([(one.info, one.text) for one in _blocks(page)] for page in pair)
    for (info, one), (same, other) in zip(english, chinese, strict=True):
        assert info == same
        if info == "console":
            assert re.findall(r"^\$ .*", one, re.MULTILINE) == re.findall(r"^\$ .*", other, re.MULTILINE)
        elif info not in ("mermaid", "text"):
            assert one == other
    outlines = [re.findall(r"^#+", _prose(page), re.MULTILINE) for page in pair]
    assert outlines[0] == outlines[1]


def _anchors(page: Path) -> set[str]:
    """What links to the headings of a page are called where it is published."""
    titles = re.findall(r"^#+ (.*)$", _prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links(page: Path) -> None:
    for target, anchor in re.findall(r"\]\(([^)#:]*)#?([^):]*)\)", _prose(page)):
        path = ((ROOT / page).parent / target) if target else ROOT / page
        assert path.exists(), target
        assert not anchor or anchor in _anchors(path), anchor


def test_there_are_examples() -> None:
    least = {"yaml scheme": 2, "yaml node": 1, "yaml example": 65, "console": 30}
    assert [info for info, number in least.items() if len(_of_kind(info)) < number] == []
    known = re.compile(r"yaml (?:scheme|node|example)|console|sh|cmd|text|mermaid|\w+ \S+\.\w+")
    assert [one.name for page in PAGES for one in _blocks(page) if not known.fullmatch(one.info)] == []


def _known_keys(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every key that the readers of rule files ask for, noted while they read all examples and shipped schemes."""
    keys: set[str] = set()
    plain = reading.open_mapping

    def noting(*arguments: Any) -> reading.Fields:
        keys.update(arguments[2], *arguments[4:])
        return plain(*arguments)

    for path in (ROOT / "pointscli" / "scheme").glob("*.py"):
        module = import_module(f"pointscli.scheme.{path.stem}")
        if hasattr(module, "open_mapping"):
            monkeypatch.setattr(module, "open_mapping", noting)
    for path in (ROOT / "rules").glob("*.yaml"):
        load_text(path.read_bytes(), path.name)
    for block in _blocks(RULES[0]):
        if block.info == "yaml example" and not block.text.startswith("schemes:"):
            load_text(_framed(block.text.partition("\n---\n")[0]).encode(), "scheme.yaml")
    for words in (Active, CombineBy, Kind, RollupBy, Rounding, Ties):
        keys.update(word.value for word in words)
    return keys | {"split", "suspended", "required", "exclude", "include", "never", "matter", "competition"}


@pytest.mark.parametrize("page", RULES, ids=str)
def test_every_key_is_explained(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = _known_keys(monkeypatch)
    assert {"language", "gifts", "objection", "prorate", "tie_break", "stock", "of", "share"} <= keys
    spans = re.findall(r"`([^`\n]+)`", _prose(page))
    assert sorted(keys - {word for span in spans for word in re.findall(r"(?:\w|-)+", span)}) == []


def _profile_keys() -> set[str]:
    """Every key of `publish:` and `import:`."""
    words = {*SIGNED, "folder", "audiences", *AUDIENCES, *COLUMNS, "columns", "items"}
    return words | {one.name for one in fields(Profile)}


@pytest.mark.parametrize("page", FILES, ids=str)
def test_every_column_is_explained(page: Path) -> None:
    names = {name for spec in SPECS.values() for column in spec.columns for name in (column.id, column.title)}
    names |= set(DECISIONS) | set(SETTINGS) | _profile_keys()
    assert sorted(name for name in names if name not in _prose(page)) == []


def _commands(command: Any, name: str = "points") -> Iterator[tuple[str, Any]]:
    command = command.command if isinstance(command, Deferred) else command
    yield name, command
    if isinstance(command, TyperGroup):
        for word, below in command.commands.items():
            yield from _commands(below, f"{name} {word}")


def test_every_option_has_help_and_is_named() -> None:
    pages = [(ROOT / page).read_text("utf-8") for page in README]
    for name, command in _commands(typer.main.get_command(app)):
        assert command.help
        assert all(f"`{name}`" in text for text in pages), name
        for option in command.params:
            assert option.help, option.name
            if isinstance(option, TyperOption):
                assert all(f"`{option.opts[0]}" in text for text in pages), (name, option.opts)
