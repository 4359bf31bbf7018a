"""Texts, paths and words given on the command line, without the library that Typer checks every value by.

Importing it takes as long as reading and computing a small log. Where a value is anything but plain (a
word that is not among the choices, a path that may not be read), Typer's own way decides and words the error.
"""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin


def read_plainly(options: list[Any]) -> list[Any]:
    """The options, which from now on take plain values as they are."""
    for option in options:
        descriptor = getattr(option, "type_descriptor", None)
        if descriptor is not None and descriptor.parameter_info.parser is None:
            option._runtime_param = _Plain(descriptor)  # noqa: SLF001  (Typer makes its own where this is None)
    return options


class _Plain:
    """Takes the place of Typer's conversion."""

    def __init__(self, descriptor: Any) -> None:
        kind = descriptor.annotation
        self._is_list = get_origin(kind) is list
        self._kind = get_args(kind)[0] if self._is_list else kind
        self._info = descriptor.parameter_info

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """The value, in the type of the option."""
        if value is None:
            return () if self._is_list else None
        if self._is_list and isinstance(value, (list, tuple)):
            values = [self._one(each) for each in value]
        else:
            values = [None] if self._is_list else [self._one(value)]
        if None not in values:
            return values if self._is_list else values[0]
        param._runtime_param = None  # noqa: SLF001  (the same)
        return param.get_runtime_param().coerce(value, param=param, ctx=ctx)

    def _one(self, value: Any) -> Any:
        """One value; None if it is not plain."""
        kind = self._kind
        if kind is str or isinstance(value, kind):
            return value if isinstance(value, kind) else None
        if kind is Path and self._is_any_path(value):
            return Path(value)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return next((word for word in kind if word.value == value), None)
        return None

    def _is_any_path(self, value: Any) -> bool:
        info = self._info
        asks = info.exists or info.writable or info.resolve_path or info.path_type or info.allow_dash
        if asks or not (info.file_okay and info.dir_okay) or not isinstance(value, str):
            return False
        # What cannot even be asked for is for the command to say, as of any file.
        return not info.readable or not os.path.exists(value) or os.access(value, os.R_OK)  # noqa: PTH110  (never raises)
