"""The least that a Typer program does: python bare.py --help, or --version."""

import typer

app = typer.Typer()


def _print_version(asked: bool) -> None:  # noqa: FBT001  (the form of an option's callback)
    if asked:
        typer.echo("bare 1")
        raise typer.Exit


@app.callback()
def before(
    version: bool = typer.Option(False, "--version", callback=_print_version, is_eager=True, help="The version."),  # noqa: FBT001, FBT003
) -> None:
    """A program."""


@app.command()
def hello(name: str = "you") -> None:
    """Say hello."""
    typer.echo(f"hello {name}")


if __name__ == "__main__":
    app()
