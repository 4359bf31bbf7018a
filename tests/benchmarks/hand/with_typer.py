"""The tally in DuckDB SQL behind a command line, with the libraries that `points tally` loads."""

from pathlib import Path

import duckdb  # noqa: F401  (what it costs to have it)
import typer
import wcwidth  # noqa: F401  (the same)
import yaml
from with_duckdb import tally

app = typer.Typer()


@app.command()
def main(folder: Path, output: Path) -> None:
    """Tally a workspace."""
    yaml.load((folder / "rules" / "bench.yaml").read_bytes(), yaml.CSafeLoader)
    tally(folder, output)


if __name__ == "__main__":
    app()
