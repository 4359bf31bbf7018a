"""Every kind of finding about rule files: codes P1xx (bytes, YAML), P2xx (structure), P3xx (meaning)."""

from __future__ import annotations

from collections.abc import Mapping

from pointscli.model.code import Code
from pointscli.scheme.codes.bytes_and_yaml import BYTES_AND_YAML
from pointscli.scheme.codes.files import FILES
from pointscli.scheme.codes.lints_points import LINTS_POINTS
from pointscli.scheme.codes.lints_results import LINTS_RESULTS
from pointscli.scheme.codes.nodes import NODES
from pointscli.scheme.codes.periods import PERIODS
from pointscli.scheme.codes.results import RESULTS
from pointscli.scheme.codes.values import VALUES

CODES: Mapping[str, Code] = {
    **BYTES_AND_YAML,
    **VALUES,
    **NODES,
    **PERIODS,
    **RESULTS,
    **FILES,
    **LINTS_POINTS,
    **LINTS_RESULTS,
}
"""The kinds by readable name."""
