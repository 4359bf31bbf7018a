"""Where the process begins: the language of help is settled before the commands, which word it, are imported."""

from __future__ import annotations

import os
import sys

from pointscli.locale import LANGUAGES


def main() -> None:
    """Run the command line."""
    arguments = sys.argv[1:]
    for option, value in zip(arguments, [*arguments[1:], ""], strict=True):
        chosen = value if option == "--lang" else option.removeprefix("--lang=")
        if chosen in LANGUAGES and option.startswith("--lang"):
            os.environ["POINTS_LANG"] = chosen
    from pointscli.cli.main import app  # noqa: PLC0415  (see above)

    app(prog_name="points")
