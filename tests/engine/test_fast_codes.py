"""What an event says is taken apart again as it was put together, or it is too much for one number."""

from __future__ import annotations

import pytest

from pointscli.engine.database import Database, Unreadable
from pointscli.engine.fast_codes import Codes

PARTS = ("node", "quantity", "points", "level", "stage", "named")
SIZES = {
    "few values": ("integer", (2, 2, 2, 1, 2, 2)),
    "the most in an integer": ("integer", (2**15, 2**16 - 1, 1, 1, 1, 1)),
    "one more": ("bigint", (2**15, 2**16, 1, 1, 1, 1)),
    "many of each": ("bigint", (300, 40_000, 40_000, 9, 2, 3)),
    "the most in a bigint": ("bigint", (2**31, 2**32 - 1, 1, 1, 1, 1)),
}


@pytest.mark.parametrize(("kind", "sizes"), SIZES.values(), ids=SIZES.keys())
def test_there_and_back(kind: str, sizes: tuple[int, ...]) -> None:
    codes = Codes(sizes)
    assert codes.type == kind
    db = Database(threads=1)
    for values in ([size - 1 for size in sizes], [size // 2 for size in sizes], [0] * len(PARTS)):
        asked = ", ".join(f"{codes.part(part)}::bigint" for part in PARTS)
        made = codes.expression([f"{value}::bigint" for value in values])
        assert db.rows(f"select {asked} from (select ({made})::{kind} as code)") == [tuple(values)]  # noqa: S608
    db.close()


def test_too_much_for_one_number() -> None:
    with pytest.raises(Unreadable):
        _ = Codes((2**31, 2**32, 1, 1, 1, 1)).type
