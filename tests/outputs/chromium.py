"""A headless Chromium, driven over its debugging pipe with nothing but the standard library."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome") if sys.platform != "win32" else ()
EXECUTABLE = next(filter(None, map(shutil.which, _NAMES)), None)
"""None where there is no browser, or no way to hand it a pipe."""
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe")
LONGEST = 60
"""Seconds after which a browser that hangs is ended."""
_START = "import os, sys; a = sys.argv; os.dup2(int(a[1]), 3); os.dup2(int(a[2]), 4); os.execv(a[3], a[3:])"
_HIGH, _PHONE = 20, 600
_BLOCK = 1 << 20


class Browser:
    """One browser with one tab."""

    def __init__(self, process: subprocess.Popen[bytes], commands: int, answers: int) -> None:
        self.process, self._commands, self._answers = process, commands, answers
        self._buffer, self._count, self._session = b"", 0, ""
        self.events: list[tuple[str, dict[str, Any]]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; events on the way are kept."""
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._count:
            pass
        assert "error" not in answer, answer["error"]
        found: dict[str, Any] = answer["result"]
        return found

    def open(self, path: Path, width: int = 1200, *, scripts: bool = True, scheme: str = "light") -> None:
        """Load a file, and wait until it is there."""
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.resize(width)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events.clear()
        self.call("Page.navigate", url=path.as_uri())
        while not any(method == "Page.loadEventFired" for method, _ in self.events):
            self._next()

    def resize(self, width: int) -> None:
        """A window of another width; the narrow ones are phones."""
        shape = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < _PHONE}
        self.call("Emulation.setDeviceMetricsOverride", **shape)

    def run(self, expression: str) -> Any:
        """The value of an expression in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def click(self, selector: str) -> None:
        """A real click in the middle of an element."""
        quoted = json.dumps(selector)
        place = (
            f"(() => {{ const one = document.querySelector({quoted}); one.scrollIntoView({{block: 'center'}});"
            " const box = one.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        x, y = self.run(place)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press_enter(self) -> None:
        """The Enter key, where the focus is."""
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        self.call("Input.dispatchKeyEvent", type="keyDown", text="\r", **key)
        self.call("Input.dispatchKeyEvent", type="keyUp", **key)

    def pdf(self) -> bytes:
        """The page as printed, on the paper that it asks for."""
        found = self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(found["data"])

    def said(self) -> list[str]:
        """Everything in the console: errors, warnings, refusals of the page's policy."""
        self.run("1")
        methods = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [json.dumps(parameters) for method, parameters in self.events if method in methods]

    def asked_for(self) -> list[str]:
        """Every address that was requested."""
        return [one["request"]["url"] for method, one in self.events if method == "Network.requestWillBeSent"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            block = os.read(self._answers, _BLOCK)
            assert block, "the browser has ended"
            self._buffer += block
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if "method" in message:
            self.events.append((message["method"], message["params"]))
        return message


@contextmanager
def chromium(profile: Path) -> Iterator[Browser]:
    """A browser for as long as it is used; it speaks on descriptors 3 and 4."""
    import fcntl  # noqa: PLC0415 - Windows has none

    assert EXECUTABLE
    (read_commands, commands), (answers, write_answers) = os.pipe(), os.pipe()
    given = [fcntl.fcntl(one, fcntl.F_DUPFD, _HIGH) for one in (read_commands, write_answers)]
    line = [sys.executable, "-c", _START, *map(str, given), EXECUTABLE, *FLAGS, f"--user-data-dir={profile}"]
    process = subprocess.Popen(line, pass_fds=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for one in (read_commands, write_answers, *given):
        os.close(one)
    watch = threading.Timer(LONGEST, process.kill)
    watch.start()
    try:
        yield Browser(process, commands, answers)
    finally:
        watch.cancel()
        os.close(commands)
        os.close(answers)
        process.kill()
        process.wait()
