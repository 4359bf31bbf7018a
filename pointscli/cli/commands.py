"""Commands that are imported when they run: help, completion and `--version` need only their names and texts."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cached_property
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from pointscli.cli.plain_values import read_plainly


class Entry(NamedTuple):
    """A command: what help says of it, and where it is (`module:function`, below `pointscli.cli`)."""

    name: str
    panel: str
    help: str
    place: str
    kind: str = ""
    """Where its class is, if it has one of its own."""


class Command(TyperCommand):
    """A command whose plain values are taken as they are."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Its options, `--help` among them."""
        return read_plainly(super().get_params(ctx))


class Deferred(TyperCommand):
    """A command of which only name, panel and help are known until somebody wants more."""

    def __init__(self, entry: Entry) -> None:
        """Keep where it is."""
        super().__init__(entry.name, help=entry.help, rich_help_panel=entry.panel or None)
        self._entry = entry

    @cached_property
    def command(self) -> TyperCommand | TyperGroup:
        """The command itself."""
        entry = self._entry
        found = _at(entry.place)
        if not isinstance(found, typer.Typer):
            app = typer.Typer(add_completion=False, rich_markup_mode="rich", pretty_exceptions_enable=False)
            kind = _at(entry.kind) if entry.kind else Command
            app.command(entry.name, cls=kind, help=entry.help, rich_help_panel=entry.panel)(found)
            found = app
        command: Any = typer.main.get_command(found)
        command.name = entry.name
        return command  # type: ignore[no-any-return]

    def make_context(self, *args: Any, **settings: Any) -> Any:
        """The context of the command itself, which then runs in it."""
        return self.command.make_context(*args, **settings)

    def get_params(self, ctx: Any) -> list[Any]:
        """The options of the command itself."""
        return self.command.get_params(ctx)


class Commands(TyperGroup):
    """A group whose commands are entries."""

    entries: tuple[Entry, ...] = ()

    def __init__(self, **settings: Any) -> None:
        """Put the entries below the group."""
        super().__init__(**settings)
        below: MutableMapping[str, Any] = self.commands
        below.update((entry.name, Deferred(entry)) for entry in self.entries)

    def get_params(self, ctx: Any) -> list[Any]:
        """Its options, those that Typer adds among them."""
        return read_plainly(super().get_params(ctx))


def _at(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(import_module(f"pointscli.cli.{module}"), name)
