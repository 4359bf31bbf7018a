"""Every kind of finding, from the registers of all packages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from pointscli.model.code import Code
from pointscli.model.problem import UsageError
from pointscli.scheme.rule_files import SUFFIXES as RULE_SUFFIXES

UNKNOWN = "P000"
"""The code of a name that no register has: a mistake of ours, which a test finds."""
REGISTERS = (
    "pointscli.app.check_codes",
    "pointscli.scheme.codes",
    "pointscli.inputs.codes",
    "pointscli.app.audit_codes",
)
OF_DATA = REGISTERS[2]


@cache
def registers() -> Mapping[str, Mapping[str, Code]]:
    """The registers by package, in order of their codes; some names stand in two, one for rule files, one for data."""
    return {register: _register(register) for register in REGISTERS}


@cache
def all_codes() -> tuple[Code, ...]:
    """Every kind, in order of codes."""
    found = (code for register in registers().values() for code in register.values())
    return tuple(sorted(found, key=lambda code: code.code))


def find_code(name: str, path: str = "") -> Code | None:
    """The kind of a readable name, in a rule file or in data as the path says."""
    is_rules = not path or path.lower().endswith(RULE_SUFFIXES)
    order = REGISTERS if is_rules else (OF_DATA, *REGISTERS)
    return next((code for register in order if (code := registers()[register].get(name))), None)


def code_of(name: str, path: str = "") -> str:
    """The stable code of a readable name."""
    known = find_code(name, path)
    return known.code if known else UNKNOWN


def name_of(word: str) -> str | None:
    """The readable name of a code or name; None if there is none."""
    low = word.strip().lower()
    return next((code.name for code in all_codes() if low in (code.name, code.code.lower())), None)


def asked_codes(asked: str) -> list[Code]:
    """The kinds of a code or a name; UsageError if there is none."""
    wanted = asked.strip().lower()
    found = [code for code in all_codes() if wanted in (code.name, code.code.lower())]
    if found:
        return found
    import difflib  # noqa: PLC0415  (only for a wrong name)

    known = [word for code in all_codes() for word in (code.name, code.code.lower())]
    near = difflib.get_close_matches(wanted, known, n=3)
    hint = "did you mean {near}?" if near else "codes stand before each finding, names in brackets after them"
    raise UsageError("there is no kind of finding {value}", hint, value=asked, near=", ".join(near))


def is_chosen(name: str, code: str, wanted: str) -> bool:
    """Whether a kind is meant by its code or name, or by the beginning of either."""
    word = wanted.strip().lower()
    return bool(word) and (name.startswith(word) or code.lower().startswith(word))


def _register(module: str) -> Mapping[str, Code]:
    found: Mapping[str, Code] = import_module(module).CODES
    return found
