"""Reads XLSX."""

from __future__ import annotations
from pointscli.inputs.grid import Grid
from pointscli.inputs.headers import TableSpec
from pointscli.model.problem import Problem


def read_xlsx(shown: str, data: bytes, spec: TableSpec) -> tuple[Grid | None, list[Problem]]:
    raise NotImplementedError
