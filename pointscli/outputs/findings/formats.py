"""The formats of findings by name."""

from __future__ import annotations

from collections.abc import Callable

from pointscli.outputs.findings import (
    concise_format,
    github_format,
    gitlab_format,
    json_format,
    jsonl_format,
    junit_format,
    sarif_format,
    text_format,
)
from pointscli.outputs.findings.finding import Findings

FORMATS: dict[str, Callable[[Findings], str]] = {
    "text": text_format.render,
    "concise": concise_format.render,
    "github": github_format.render,
    "json": json_format.render,
    "jsonl": jsonl_format.render,
    "gitlab": gitlab_format.render,
    "sarif": sarif_format.render,
    "junit": junit_format.render,
}
