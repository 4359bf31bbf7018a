"""The shipped rule files, broken at random (fixed seeds): never a traceback, every finding at a line that exists."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from pointscli.model.problem import Problem
from pointscli.scheme.lints import lint
from pointscli.scheme.load import load_schemes, load_text
from pointscli.scheme.source_text import split_lines

ROOT = Path(__file__).parent.parent.parent
SHIPPED = [path.read_bytes() for path in sorted((ROOT / "rules").glob("*.yaml")) if ".test." not in path.name]
Break = Callable[[random.Random, bytes], bytes]


def truncate(draw: random.Random, data: bytes) -> bytes:
    return data[: draw.randrange(len(data))]


def flip(draw: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(draw.randint(1, 8)):
        changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def swap_lines(draw: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    for _ in range(draw.randint(1, 5)):
        one, other = draw.randrange(len(lines)), draw.randrange(len(lines))
        lines[one], lines[other] = lines[other], lines[one]
    return b"\n".join(lines)


def drop_lines(draw: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    for _ in range(min(draw.randint(1, 10), len(lines) - 1)):
        del lines[draw.randrange(len(lines))]
    return b"\n".join(lines)


def reindent(draw: random.Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    for _ in range(draw.randint(1, 5)):
        at = draw.randrange(len(lines))
        lines[at] = b" " * draw.randrange(9) + lines[at].lstrip()
    return b"\n".join(lines)


def change_numbers(draw: random.Random, data: bytes) -> bytes:
    text = data.decode()
    for _ in range(draw.randint(1, 12)):
        digits = [index for index, one in enumerate(text) if one.isdigit()]
        at = draw.choice(digits)
        text = (
            text[:at] + draw.choice(["0", "９", "-1", "1e9", "yes", "007", "1/3", "-", "", "100000"]) + text[at + 1 :]
        )
    return text.encode()


def change_words(draw: random.Random, data: bytes) -> bytes:
    words = data.decode().split(" ")
    for _ in range(draw.randint(1, 6)):
        words[draw.randrange(len(words))] = (
            draw.choice(words) if draw.random() < 0.7 else draw.choice("{}[]&*!：，,#'\"")
        )
    return " ".join(words).encode()


def nest(draw: random.Random, data: bytes) -> bytes:
    depth = draw.choice([5, 19, 21, 500, 20_000])
    at = draw.choice([index for index, one in enumerate(data) if one == 0x0A])
    return data[:at] + b"\nsource: " + draw.choice([b"[", b"{a: ", b"- "]) * depth + data[at:]


def bomb(draw: random.Random, data: bytes) -> bytes:
    layers = [f"x{n}: &x{n} [{', '.join([f'*x{n - 1}' if n else 'a'] * 9)}]" for n in range(draw.choice([2, 9, 30]))]
    return "\n".join([*layers, "<<: *x1", ""]).encode() + data


BREAKS: list[Break] = [
    truncate,
    flip,
    swap_lines,
    drop_lines,
    reindent,
    change_numbers,
    change_words,
    nest,
    bomb,
]


def findings(data: bytes) -> list[Problem]:
    scheme, problems = load_text(data, "rules/a.yaml")
    assert scheme is not None or problems
    return problems + (lint([scheme]) if scheme else [])


@pytest.mark.parametrize("broken", BREAKS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("seed", range(40))
def test_no_broken_file_makes_it_fail(broken: Break, seed: int) -> None:
    draw = random.Random(f"{broken.__name__} {seed}")
    data = broken(draw, SHIPPED[seed % len(SHIPPED)])
    if seed % 4 == 3:
        data = draw.choice(BREAKS[:5])(draw, data or b"language: 1\n")
    lines = split_lines(data.decode("utf-8-sig", errors="replace"))
    for problem in findings(data):
        assert problem.text(problem.message)
        assert problem.text(problem.hint)
        for place in (problem.place, *(one.place for one in problem.related)):
            assert 1 <= place.line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
        assert problem.end == (0, 0) or problem.end > (problem.place.line, problem.place.column)
        for edit in problem.fix:
            assert (1, 1) <= edit.start <= edit.end <= (len(lines), len(lines[-1]) + 1)


@pytest.mark.parametrize("data", SHIPPED)
def test_shipped_files_are_clean(data: bytes) -> None:
    assert findings(data) == []


def test_examples_are_clean() -> None:
    for folder in sorted((ROOT / "examples").glob("*/rules")):
        paths = [path for path in sorted(folder.glob("*.yaml")) if ".test." not in path.name]
        schemes, problems = load_schemes(paths, folder.parent)
        assert problems + lint(schemes) == []
