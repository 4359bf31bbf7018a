"""Runs what the documentation shows: the two READMEs and pointscli/docs, each in English and Chinese.

What a fenced block is, its info string says:

    yaml scheme     a complete rule file: it loads without findings
    yaml node       leaf items or sections: they load below `score: items:` of a small scheme
    yaml example    parts of a scheme, `---`, then events and expected results; the keys that are left out are in _FRAME.
                    An event is `DATE MEMBER ITEM [QUANTITY] [COLUMN=VALUE …]`, numbered E1, E2 … from the top;
                    a decision is `DATE EVENT DECISION [COLUMN=VALUE …]`. `expect` has a period (options of tally may
                    follow it) with members and their scores (or `{score: …, rank: …, columns: …}`; null: not listed),
                    `outcomes`, `nominated`, or `error`, a text on stderr
    csv FILE        written before the commands that follow (any format: the second word has a suffix)
    console         `$ points …` is run and its output compared; a line `...` stands for any lines; `cp`, `mkdir` work
    sh, cmd, text, mermaid   not run

After a change of the program's output, POINTS_DOCS=write pytest tests/test_docs.py -n 0 writes what it is now into the pages.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.testing import CliRunner

from pointscli.app.workspace import KEYS as SETTINGS
from pointscli.cli.main import app
from pointscli.inputs.headers import SPECS
from pointscli.inputs.reviews import DECISIONS
from pointscli.model.period import Kind
from pointscli.model.problem import Problem
from pointscli.scheme import reading
from pointscli.scheme.load import load_text
from pointscli.scheme.types import Active, CombineBy, RollupBy, Rounding, Scheme, Ties
from tests.case_files import Record, tally_arguments, write_rules, write_tables
from tests.test_conformance import _differences

ROOT = Path(__file__).parent.parent
DOCS = Path("pointscli") / "docs"
PAIRS = {
    "README": (Path("README.md"), Path("README.zh-CN.md")),
    "rules": (DOCS / "rules.md", DOCS / "rules.zh-CN.md"),
    "files": (DOCS / "files.md", DOCS / "files.zh-CN.md"),
    "ci": (DOCS / "ci.md", DOCS / "ci.zh-CN.md"),
    "tests": (DOCS / "tests.md", DOCS / "tests.zh-CN.md"),
}
PAGES = [page for pair in PAIRS.values() for page in pair]
CATALOGUE = ROOT / "pointscli" / "locale" / "zh.mo"
LATER = {"publish", "import"}
"""Settings of commands that are still to come."""
_FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAMES = re.compile(r"(?:\w|-)+")
_FRAME = {
    "language": "1",
    "scheme": "example",
    "title": "示例",
    "effective": "{from: 2021-01-01}",
    "settle": "year",
}
_RESULTS = ("outcomes", "nominated", "error")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    info: str
    text: str
    line: int
    name: str = ""
    """Page, line and info string."""


def _blocks(page: Path) -> list[Block]:
    text = (ROOT / page).read_text("utf-8")
    found = []
    for match in _FENCE.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        found.append(Block(page, match[1].strip(), match[2], line, f"{page.name}:{line} {match[1].strip()}"))
    return found


def _prose(page: Path) -> str:
    return _FENCE.sub("", (ROOT / page).read_text("utf-8"))


def _of_kind(info: str) -> list[Any]:
    return [pytest.param(one, id=one.name) for page in PAGES for one in _blocks(page) if one.info == info]


def _framed(text: str) -> str:
    """A scheme with the top keys that an example leaves out."""
    own = yaml.safe_load(text) or {}
    return "".join(f"{key}: {value}\n" for key, value in _FRAME.items() if key not in own) + text


def _load(text: str) -> tuple[Scheme | None, list[Problem]]:
    return load_text(text.encode("utf-8"), "scheme.yaml")


# -- rule files and fragments of them


def _as_scheme(block: Block) -> str:
    if block.info == "yaml scheme":
        return block.text
    indented = "".join(f"    {line}\n" for line in block.text.splitlines())
    return _framed("score:\n  items:\n" + indented)


@pytest.mark.parametrize("block", _of_kind("yaml scheme") + _of_kind("yaml node"))
def test_rule_file(block: Block) -> None:
    scheme, problems = _load(_as_scheme(block))
    assert problems == []
    assert scheme is not None


# -- examples with results


def _members(answer: Record, events: list[Record]) -> list[Record]:
    """Roster rows: those given, then everyone whom an event or a result names."""
    given: Record = answer.get("members") or {}
    named = [name for event in events for name in event["member"].split(";")]
    for wanted in answer["expect"].values():
        named += [name for name in wanted if name not in _RESULTS]
    rows = []
    for member in dict.fromkeys([*given, *named]):
        spells = given.get(member) or {}
        for spell in spells if isinstance(spells, list) else [spells]:
            rows.append({"id": member, "name": f"党员{member}", **spell})
    return rows


def _row(text: str, columns: tuple[str, str, str]) -> Record:
    words = shlex.split(text)
    row: Record = dict(zip(columns, words[:3], strict=True))
    for word in words[3:]:
        name, equals, value = word.partition("=")
        row |= {name: value} if equals else {"quantity": word}
    return row


def _case(block: Block) -> Record:
    fragment, _, rest = block.text.partition("\n---\n")
    answer: Record = yaml.safe_load(rest)
    content: Record = yaml.safe_load(fragment)
    case: Record = {"expect": answer["expect"]}
    if "schemes" in content:
        case["schemes"] = {name: _framed(yaml.safe_dump(one)) for name, one in content["schemes"].items()}
    else:
        case["scheme"] = _framed(fragment)
    events = [_row(text, ("date", "member", "item")) for text in answer.get("events") or []]
    case["events"] = [{"id": f"E{number}", **event} for number, event in enumerate(events, 1)]
    case["reviews"] = [
        {"by": "支部", **_row(text, ("date", "event", "decision"))} for text in answer.get("reviews") or []
    ]
    case["members"] = _members(answer, events)
    return case


@pytest.mark.parametrize("block", _of_kind("yaml example"))
def test_example(block: Block, tmp_path: Path) -> None:
    case = _case(block)
    assert case["expect"]
    write_rules(tmp_path, case)
    write_tables(tmp_path, case)
    for asked, wanted in case["expect"].items():
        period, *options = shlex.split(str(asked))
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


def _run(command: str, page: Path) -> str:
    """The output of one command line; paths of the repository's own folders are found from anywhere."""
    words = [str(ROOT / word) if word.startswith(("examples/", "rules/")) else word for word in shlex.split(command)]
    if words[0] == "mkdir":
        Path(words[-1]).mkdir(parents=True)
        return ""
    if words[0] == "cp":
        shutil.copy(words[1], words[2])
        return ""
    assert words[0] == "points", command
    language = "zh" if page.name.endswith(".zh-CN.md") and CATALOGUE.exists() else "en"
    result = CliRunner().invoke(app, words[1:], env={"POINTS_LANG": language, "NO_COLOR": "1", "COLUMNS": "80"})
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result.output


def _shown(output: str, written: str) -> str:
    """The output with the lines left out that the page leaves out: so many at the top and at the end are kept."""
    lines, before = output.splitlines(), written.splitlines()
    if "..." in before:
        head = before.index("...")
        tail = len(before) - head - 1
        lines = [*lines[:head], "...", *lines[len(lines) - tail :]]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _console(block: Block) -> str:
    """The block as it is now."""
    parts = re.split(r"^\$ (.*)\n", block.text, flags=re.MULTILINE)
    assert parts[0] == "", "a console block begins with a command"
    commands = zip(parts[1::2], parts[2::2], strict=True)
    return "".join(f"$ {command}\n" + _shown(_run(command, block.page), written) for command, written in commands)


@pytest.mark.parametrize("page", [page for page in PAGES if any(b.info == "console" for b in _blocks(page))], ids=str)
def test_console(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    now = []
    for block in _blocks(page):
        now.append(_console(block) if block.info == "console" else block.text)
        if "." in (name := block.info.partition(" ")[2]):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(block.text, "utf-8")
    if os.environ.get("POINTS_DOCS") == "write":
        texts = iter(now)
        whole = (ROOT / page).read_text("utf-8")
        (ROOT / page).write_text(_FENCE.sub(lambda found: f"```{found[1]}\n{next(texts)}```", whole), "utf-8")
        return
    for block, text in zip(_blocks(page), now, strict=True):
        assert text.splitlines() == block.text.splitlines(), block.name


# -- nothing is missing


@pytest.mark.parametrize("pair", PAIRS.values(), ids=list(PAIRS))
def test_both_languages_show_the_same(pair: tuple[Path, Path]) -> None:
    english, chinese = ([(one.info, one.text) for one in _blocks(page)] for page in pair)
    assert [info for info, _ in english] == [info for info, _ in chinese]
    for (info, one), (_, other) in zip(english, chinese, strict=True):
        if info == "console":
            assert re.findall(r"^\$ .*", one, re.MULTILINE) == re.findall(r"^\$ .*", other, re.MULTILINE)
        elif info not in ("mermaid", "text"):
            assert one == other
    outlines = [re.findall(r"^#+", _prose(page), re.MULTILINE) for page in pair]
    assert outlines[0] == outlines[1]


def _anchors(page: Path) -> set[str]:
    """What links to the headings of a page are called where it is published."""
    titles = re.findall(r"^#+ (.*)$", _FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links(page: Path) -> None:
    for target, anchor in re.findall(r"\]\(([^)#:]*)#?([^):]*)\)", _prose(page)):
        path = ((ROOT / page).parent / target) if target else ROOT / page
        assert path.exists(), target
        assert not anchor or anchor in _anchors(path), anchor


def test_there_are_examples() -> None:
    counts = {info: len(_of_kind(info)) for info in ("yaml scheme", "yaml node", "yaml example", "console")}
    least = {"yaml scheme": 4, "yaml node": 2, "yaml example": 120, "console": 10}
    assert {info: number for info, number in counts.items() if number < least[info]} == {}
    known = re.compile(r"yaml (?:scheme|node|example)|console|sh|cmd|text|mermaid|\w+ \S+\.\w+")
    assert [one.name for page in PAGES for one in _blocks(page) if not known.fullmatch(one.info)] == []


def _known_keys(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every key that the readers of rule files ask for, noted while they read all examples and shipped schemes."""
    keys: set[str] = set()
    plain = reading.open_fields

    def noting(*arguments: Any) -> reading.Fields | None:
        keys.update(arguments[2], *arguments[4:])
        return plain(*arguments)

    for path in (ROOT / "pointscli" / "scheme").glob("*.py"):
        module = import_module(f"pointscli.scheme.{path.stem}")
        if hasattr(module, "open_fields"):
            monkeypatch.setattr(module, "open_fields", noting)
    for path in (ROOT / "rules").glob("*.yaml"):
        _load(path.read_text("utf-8"))
    for block in _blocks(PAIRS["rules"][0]):
        if block.info == "yaml example" and not block.text.startswith("schemes:"):
            _load(_framed(block.text.partition("\n---\n")[0]))
    for words in (Active, CombineBy, Kind, RollupBy, Rounding, Ties):
        keys.update(word.value for word in words)
    return keys | {"split", "suspended", "required", "exclude", "include", "never", "matter", "competition"}


def _spans(page: Path) -> set[str]:
    """The words in inline code."""
    return {word for span in re.findall(r"`([^`\n]+)`", _prose(page)) for word in _NAMES.findall(span)}


@pytest.mark.parametrize("page", PAIRS["rules"], ids=str)
def test_every_key_is_explained(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = _known_keys(monkeypatch)
    assert {"language", "gifts", "objection", "prorate", "tie_break", "stock", "of", "share"} <= keys
    assert sorted(keys - _spans(page)) == []


@pytest.mark.parametrize("page", PAIRS["files"], ids=str)
def test_every_column_is_explained(page: Path) -> None:
    names = {name for spec in SPECS.values() for column in spec.columns for name in (column.id, column.title)}
    names |= set(DECISIONS) | set(SETTINGS) - LATER
    assert sorted(name for name in names if name not in _prose(page)) == []


def _commands() -> dict[str, TyperGroup | TyperCommand]:
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    commands = {name: one for name, one in group.commands.items() if isinstance(one, TyperCommand)}
    return {"points": group, **commands}


def test_every_option_has_help_and_is_named() -> None:
    pages = [(ROOT / page).read_text("utf-8") for page in PAIRS["README"]]
    for name, command in _commands().items():
        assert command.help
        assert all(f"`{name}`" in text or f"`points {name}`" in text for text in pages), name
        for option in command.params:
            assert isinstance(option, TyperOption)
            assert option.help, option.name
            assert all(f"`{option.opts[0]}" in text for text in pages), option.opts[0]
