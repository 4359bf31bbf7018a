"""Where the process begins: streams that can be written to, the language of help, then the commands."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys

from pointscli.cli.exits import Exit
from pointscli.locale import LANGUAGES


def main() -> None:
    """Run the command line."""
    _open_streams()
    # Modules and tables hold few cycles: looking for them as often as Python does takes a sixteenth of a small tally.
    gc.set_threshold(100_000, 50, 100)
    arguments = sys.argv[1:]
    for option, value in zip(arguments, [*arguments[1:], ""], strict=False):
        chosen = value if option == "--lang" else option.removeprefix("--lang=")
        if chosen in LANGUAGES and option.startswith("--lang"):
            # Help is worded when the commands are imported.
            os.environ["POINTS_LANG"] = chosen
    from pointscli.cli.main import app  # noqa: PLC0415  (see above)

    try:
        app(prog_name="points")
    except OSError:
        # Files have errors of their own: this is a stream, and nothing can be said on it.
        silence_stdout()
        sys.exit(Exit.FILE)
    finally:
        # Python looks for cycles in everything once more before it ends: a twentieth of a small tally, for nothing.
        gc.freeze()


def _open_streams() -> None:
    """Close no hole with a file of ours, and let no character that a console lacks end the program."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def silence_stdout() -> None:
    """Forget what could not be written: Python would try again at its end, and complain."""
    if sys.stdout is None:
        return
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
