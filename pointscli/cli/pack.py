"""`points pack`."""

from __future__ import annotations

import typer

from pointscli.cli.world import World


def pack(context: typer.Context) -> None:
    """Keep a sorted copy of a large event log, which tallies read while the log stays as it is."""
    world: World = context.obj
    with world.boundary():
        from pointscli.app.pack import pack as pack_log  # noqa: PLC0415  (help must not load the readers)
        from pointscli.app.workspace import open_workspace  # noqa: PLC0415  (the same)

        workspace = open_workspace(world.workspace, world.sources)
        packed = pack_log(workspace)
        with world.reporting():
            message = world.translate("{records} records of {files} files are packed into {path} ({size} bytes)")
            values = {"records": packed.records, "files": packed.files, "size": packed.size}
            world.put(message.format(path=workspace.shown(packed.path), **values) + "\n")
