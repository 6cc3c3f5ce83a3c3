"""Tables too large for one piece of Arrow's are put in the same order as small ones."""

import random
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graph.snapshot.arrow_columns import in_order, table_of
from graph.snapshot.snapshot import write_part


def mentions(many: int) -> pa.Table:
    drawn = random.Random(4)
    rows = [
        {
            "document": f"县/{drawn.randrange(many)}",
            "order": order,
            "key": "澜政发〔2024〕1号",
            "title": None,
            "issuers": ["澜江省人民政府"] * drawn.randrange(3),
            "issued": date(2024, 1, 1 + order % 28),
            "spans": "{}",
        }
        for order in range(many)
    ]
    drawn.shuffle(rows)
    return table_of("Mention", rows)


@pytest.mark.parametrize("limit", [1, 2_000, 20_000])
def test_a_large_table_is_put_in_the_same_order(
    monkeypatch: pytest.MonkeyPatch, limit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table = pa.concat_tables([mentions(200), mentions(77)])
    small = in_order("Mention", table)
    monkeypatch.setattr("graph.snapshot.arrow_columns._LARGE", limit)
    large = in_order("Mention", table)
    assert large.schema == small.schema
    assert large.to_pylist() == small.to_pylist()
    assert large.column("document").num_chunks > 1
    folder = tmp_path_factory.mktemp("written")
    write_part(folder, "Mention", large)
    assert pq.read_table(folder / "Mention.parquet").to_pylist() == small.to_pylist()
