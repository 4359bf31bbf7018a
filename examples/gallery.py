"""Makes the pictures of the README from the example workspaces: `python examples/gallery.py` (needs Chromium)."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "pointscli" / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #1c1e22; }}
pre {{ margin: 0; padding: 18px 22px; color: #e4e4e4; font: 15px/1.45 "WenQuanYi Zen Hei Mono", "Noto Sans Mono CJK SC",
  "Sarasa Mono SC", NSimSun, monospace; white-space: pre; }}
b {{ color: #8bc34a; font-weight: 400; }}
i {{ display: inline-block; width: .5em; font-style: normal; text-align: center; }}
</style><pre><b>$</b> {command}
{output}</pre>"""


def points(*arguments: str, width: int = 100) -> str:
    """What a command prints, in Chinese."""
    env = {**os.environ, "POINTS_LANG": "zh", "NO_COLOR": "1", "COLUMNS": str(width), "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-m", "pointscli", *arguments], env=env, capture_output=True, check=True)
    return done.stdout.decode()


def photograph(page: Path, target: Path, size: tuple[int, int]) -> None:
    """A picture of a page."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        sys.exit("Chromium is not installed")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"]
    window = f"--window-size={size[0]},{size[1]}"
    subprocess.run(
        [browser, *options, window, f"--screenshot={target}", page.as_uri()], check=True, capture_output=True
    )


def show_terminal(folder: Path, name: str, size: tuple[int, int], lines: int, *arguments: str) -> None:
    """A picture of what a command prints, its first lines."""
    output = "\n".join(points(*arguments).splitlines()[:lines])
    shown = " ".join(["points", *arguments]).replace(str(ROOT) + "/", "")
    page = folder / f"{name}.html"
    # A terminal shows this dot one cell wide, whatever the font says.
    cells = html.escape(output).replace("·", "<i>·</i>")
    page.write_text(TERMINAL.format(command=html.escape(shown), output=cells), "utf-8")
    photograph(page, PICTURES / f"{name}.png", size)


def main() -> None:
    """All pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        examples = ROOT / "examples"
        enterprise, community = str(examples / "state-enterprise"), str(examples / "community")
        show_terminal(folder, "tally", (1000, 560), 22, "-C", community, "tally", "--quarter", "2021Q3")
        show_terminal(folder, "explain", (1000, 800), 34, "-C", enterprise, "explain", "E021", "--month", "2021-07")
        copy = folder / "finance-bureau"
        shutil.copytree(examples / "finance-bureau", copy)
        points("-C", str(copy), "publish", "--quarter", "2021Q3", "--audience", "wall", "--by", "示例")
        notice = copy / "published" / "2021Q3" / "finance-bureau" / "notice.html"
        photograph(notice, PICTURES / "notice.png", (1000, 1250))
        points("-C", enterprise, "trend", "E021", "--year", "2021", "-o", str(PICTURES / "trend.png"))


if __name__ == "__main__":
    main()
