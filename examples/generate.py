"""Writes the example workspaces from fixed seeds: the same bytes each time.

python examples/generate.py [NAME…]      needs PyYAML and XlsxWriter
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from examples import _community, _enterprise, _finance, _relief, _social  # noqa: E402

WRITERS: Final = {
    "community": _community.write,
    "social-insurance": _social.write,
    "finance-bureau": _finance.write,
    "state-enterprise": _enterprise.write,
    "poverty-relief": _relief.write,
}


def main(names: list[str]) -> None:
    """Write the named workspaces, or all, and say what is in each."""
    for name in names or WRITERS:
        made = WRITERS[name](HERE / name, HERE.parent / "rules")
        print(f"{name}: {len(made.people)} members, {len(made.events)} events, {len(made.decisions)} decisions")


if __name__ == "__main__":
    main(sys.argv[1:])
