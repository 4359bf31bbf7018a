"""`points rules schema`: a valid schema that accepts what the loader accepts, and knows every key that it knows."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from pointscli.scheme import reading
from pointscli.scheme.json_schema import REQUIRED
from pointscli.scheme.rule_files import scheme_paths
from tests.case_files import Record
from tests.cli.running import ROOT, good, run
from tests.scheme.snippets import REST, load

FILES = [*scheme_paths(ROOT / "rules"), *(p for w in (ROOT / "examples").glob("*/rules") for p in scheme_paths(w))]
BLOCKS = re.compile(r"^```(yaml scheme|yaml node|yaml example)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FRAME = {"language": "1", "scheme": "case", "title": "示例", "effective": "{from: 2021-01-01}", "settle": "year"}
FRAME["score"] = "{items: {a: {title: 甲, points: 1}}}"


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: dates and yes/no are texts, and keys are texts."""


CoreLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
CoreLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def parse(text: str) -> Any:
    return with_text_keys(yaml.load(text, CoreLoader))  # noqa: S506  (a safe loader)


def with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): with_text_keys(one) for key, one in value.items()}
    return [with_text_keys(one) for one in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def schema() -> Record:
    return good("rules", "schema").json


@pytest.fixture(scope="module")
def validator(schema: Record) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def framed(text: str) -> str:
    own = yaml.safe_load(text) or {}
    return "".join(f"{key}: {value}\n" for key, value in FRAME.items() if key not in own) + text


def documented() -> list[str]:
    """The schemes of the reference page that stand in one piece."""
    found = []
    for info, text in BLOCKS.findall((ROOT / "pointscli/docs/rules.md").read_text("utf-8")):
        if info == "yaml node":
            indented = "".join(f"    {line}\n" for line in text.splitlines())
            found.append(framed("score:\n  items:\n" + indented))
        elif not text.startswith("schemes:"):
            found.append(framed(text.partition("\n---\n")[0] + "\n"))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_shipped_files(path: Path, validator: Draft202012Validator) -> None:
    assert [error.message for error in validator.iter_errors(parse(path.read_text("utf-8")))] == []


def test_documented_schemes(validator: Draft202012Validator) -> None:
    texts = documented()
    assert len(texts) > 60
    for text in texts:
        assert [error.message for error in validator.iter_errors(parse(text))] == [], text


def test_a_file_that_extends(validator: Draft202012Validator) -> None:
    text = """
        {extends: base.yaml, scheme: mine, title: 细则, effective: {from: 2021-01-01}, stars: null,
         score: {max: null, items: {base: {grant: 90}, honour: null, part: {items: {a: {points: 3}, b: null}}}},
         outcomes: {talk: null}, redemption: {gifts: {kettle: null}}}
    """
    assert [error.message for error in validator.iter_errors(parse(text))] == []
    whole = parse(text)
    del whole["extends"]
    assert not validator.is_valid(whole)


BROKEN = {
    "unknown key at the top": "tittle: x",
    "unknown key of a leaf": "score: {items: {a: {title: 甲, points: 1, maximum: 3}}}",
    "leaf key on a section": "score: {items: {s: {title: 节, points: 1, items: {a: {title: 甲, points: 1}}}}}",
    "node without title": "score: {items: {a: {points: 1}}}",
    "Chinese id": "score: {items: {甲: {title: 甲, points: 1}}}",
    "reserved id": "score: {items: {rank: {title: 甲, points: 1}}}",
    "root without items": "score: {max: 3}",
    "number in words": "score: {items: {a: {title: 甲, points: 两分}}}",
    "full-width digits": "score: {items: {a: {title: 甲, points: ２}}}",
    "too many decimals": 'score: {items: {a: {title: 甲, points: "0.12345"}}}',
    "two forms of points": "score: {items: {a: {title: 甲, points: {levels: {省: 1}, from: 1, to: 2}}}}",
    "range without end": "score: {items: {a: {title: 甲, points: {from: 1}}}}",
    "bands with words": "score: {items: {a: {title: 甲, points: {bands: {优: 1}}}}}",
    "unknown window": "score: {items: {a: {title: 甲, points: 1, max: {week: 3}}}}",
    "unknown combine": "score: {items: {a: {title: 甲, points: 1, combine: biggest}}}",
    "combine of two": "score: {items: {a: {title: 甲, points: 1, combine: {highest: year, mean: year}}}}",
    "times not whole": "score: {items: {a: {title: 甲, points: 1, times: 1.5}}}",
    "each of zero": "score: {items: {a: {title: 甲, points: 1, each: 0}}}",
    "evidence in other words": "score: {items: {a: {title: 甲, points: 1, evidence: needed}}}",
    "ceiling without at": "score: {items: {a: {title: 甲, ceiling: {of: score}}}}",
    "grant by without values": "score: {items: {a: {title: 甲, grant: {by: class}}}}",
    "settle by week": "settle: week",
    "effective without from": "effective: {to: 2021-12-31}",
    "date in words": "effective: {from: 年初}",
    "language 2": "language: 2",
    "scheme id": "scheme: Branch 1",
    "decimals": "decimals: 9",
    "rounding": "rounding: up",
    "rollup by week": "rollup: {week: sum}",
    "rollup without by": "rollup: {year: {of: quarter}}",
    "ranking without ties": "ranking: {within: branch}",
    "stars by name": "stars: {五星: 95}",
    "grades with words": "grades: {优秀: 高}",
    "derive without to": "derive: {i: {title: 折, of: score}}",
    "outcome with both ends": "outcomes: {o: {title: 表, top: 3, bottom: 3}}",
    "share above one": "outcomes: {o: {title: 表, share: 3}}",
    "condition without number": 'outcomes: {o: {title: 表, where: {score: ">= high"}}}',
    "outcome ties": "outcomes: {o: {title: 表, ties: dense}}",
    "confirm without at": "outcomes: {o: {title: 表, confirm: {stages: {a: 甲}}}}",
    "review without stages": "review: {counts_from: a}",
    "objection": "review: {stages: {a: 甲}, objection: ignored}",
    "gift without cost": "redemption: {gifts: {g: {title: 毛巾}}}",
    "expires": "redemption: {expires: later, gifts: {g: {title: 毛巾, cost: 3}}}",
    "carry without into": "carry: {share: 20%}",
    "empty value": "title:",
    "a list": "score: []",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files(name: str, validator: Draft202012Validator) -> None:
    text = framed(BROKEN[name] + "\n")
    assert not validator.is_valid(parse(text))
    assert load(text)[0] is None, "the loader accepts it"


def test_required_keys_are_the_loaders(validator: Draft202012Validator) -> None:
    for key in REST:
        kept = "".join(f"{line}\n" for name, line in REST.items() if name != key)
        assert (load(kept)[0] is None) is (key in REQUIRED["whole"])
        assert validator.is_valid(parse(kept)) is (key not in REQUIRED["whole"])


def properties(shape: Any) -> set[str]:
    """Every key that the schema has anywhere."""
    if isinstance(shape, list):
        return {key for one in shape for key in properties(one)}
    if not isinstance(shape, dict):
        return set()
    own = shape.get("properties")
    return (set(own) if isinstance(own, dict) else set()) | {key for one in shape.values() for key in properties(one)}


def test_every_key_of_the_loader(schema: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    keys: set[str] = set()
    plain = reading.open_mapping

    def noting(*arguments: Any) -> reading.Fields:
        keys.update(arguments[2], *arguments[4:])
        return plain(*arguments)

    for path in (ROOT / "pointscli" / "scheme").glob("read*.py"):
        module = import_module(f"pointscli.scheme.{path.stem}")
        if hasattr(module, "open_mapping") and path.stem != "read_cases":
            monkeypatch.setattr(module, "open_mapping", noting)
    for text in [*documented(), *(path.read_text("utf-8") for path in FILES)]:
        load(text)
    assert {"prorate", "gifts", "tie_break", "extends", "into", "share", "step", "default"} <= keys
    assert keys - properties(schema) == set()


def test_every_key_is_described_in_both_languages(schema: Record) -> None:
    chinese = good("--lang", "zh", "rules", "schema").json

    def undescribed(shape: Any) -> list[str]:
        if isinstance(shape, list):
            return [name for one in shape for name in undescribed(one)]
        if not isinstance(shape, dict):
            return []
        known = shape.get("properties", {})
        windows = {"month", "quarter", "half", "year", "sum", "highest", "lowest", "mean", "latest", "grade"}
        found = [key for key, one in known.items() if key not in windows and not one.get("description")]
        return found + [name for one in shape.values() for name in undescribed(one)]

    assert undescribed(schema) == undescribed(chinese) == []
    assert properties(schema) == properties(chinese)


def test_modelines(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    texts = {"a.yaml": b"language: 1\n", "b.yaml": b"\xef\xbb\xbflanguage: 1\r\n# x\r\n"}
    texts["c.yaml"] = b"# yaml-language-server: $schema=old.json\nlanguage: 1\n"
    for name, data in texts.items():
        (rules / name).write_bytes(data)
    paths = sorted(rules.iterdir())
    line = "# yaml-language-server: $schema=../points.schema.json"
    assert good("-C", tmp_path, "rules", "schema", "--modeline", paths[0]).text == line + "\n"
    assert paths[0].read_bytes() == texts["a.yaml"]
    for _ in range(2):
        assert good("rules", "schema", "-o", tmp_path / "points.schema.json", "--modeline", *paths).out == b""
        assert paths[0].read_bytes() == f"{line}\nlanguage: 1\n".encode()
        assert paths[1].read_bytes() == b"\xef\xbb\xbf" + f"{line}\r\nlanguage: 1\r\n# x\r\n".encode()
        assert paths[2].read_bytes() == f"{line}\nlanguage: 1\n".encode()
    assert (tmp_path / "points.schema.json").read_bytes() == good("rules", "schema").out


@pytest.mark.parametrize(("arguments", "code"), [(("x.yaml",), 2), (("--modeline",), 2), (("--modeline", "x.yaml"), 3)])
def test_refusals(arguments: tuple[str, ...], code: int) -> None:
    assert run("rules", "schema", *arguments).code == code
