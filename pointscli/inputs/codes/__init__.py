"""What is known of every kind of finding about tables, logs and decisions, by readable name."""

from __future__ import annotations

from collections.abc import Mapping

from pointscli.inputs.codes import cells, data, encoding, events, jsonl, price, reviews, roster, tables, workbooks
from pointscli.model.code import Code

CODES: Mapping[str, Code] = {
    **encoding.CODES,
    **workbooks.CODES,
    **tables.CODES,
    **jsonl.CODES,
    **cells.CODES,
    **roster.CODES,
    **events.CODES,
    **price.CODES,
    **data.CODES,
    **reviews.CODES,
}
