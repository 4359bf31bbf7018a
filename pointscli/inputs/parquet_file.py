"""Reads Parquet."""

from __future__ import annotations
from pathlib import Path
from pointscli.inputs.grid import Grid
from pointscli.inputs.headers import TableSpec
from pointscli.model.problem import Problem


def read_parquet(path: Path, shown: str, spec: TableSpec) -> tuple[Grid | None, list[Problem]]:
    raise NotImplementedError
