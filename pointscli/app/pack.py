"""Pack the event log: a sorted Parquet copy that large tallies read instead of it."""

from __future__ import annotations

from pointscli.app.fast_inputs import plain_files, read_plain
from pointscli.app.fast_pack import Packed, write_pack
from pointscli.app.workspace import Workspace
from pointscli.model.problem import Refused


def pack(workspace: Workspace) -> Packed:
    """Write the copy; Refused if the log has errors, or is not plain."""
    files = plain_files(workspace)
    inputs = read_plain(workspace, files) if files and all(file.delimiter for file in files) else None
    if inputs is None:
        raise Refused(
            "the event log cannot be packed: it is not plain, or something in it is wrong",
            "run points check; a plain log is CSV UTF-8 without quotation marks, one record a line",
        )
    inputs.noted.close()
    return write_pack(workspace, files)
