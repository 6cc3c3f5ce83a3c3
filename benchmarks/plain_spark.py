"""Spark's part in a build, played by one process without it: pieces, shuffles, order; what each step takes is noted.

Tests compare with it, benchmarks measure with it. Pieces are cut by a hash that has nothing to do with how rows came and
are worked on from the last to the first, so that a step which leans on more than Spark promises is found.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import process_time
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc

from loaders.ingest.spark_steps import run

_SCHEMA = pa.schema([("kind", pa.string()), ("bucket", pa.string()), ("rows", pa.binary())])
_ROWS = 32


@dataclass(frozen=True)
class Column:
    """A column that is asked which of its values are wanted."""

    name: str

    def isin(self, *values: str) -> pc.Expression:
        return pc.field(self.name).isin(list(values))


@dataclass(frozen=True)
class Frame:
    """Rows in pieces."""

    pieces: tuple[pa.Table, ...]

    def __getitem__(self, column: str) -> Column:
        return Column(column)

    @property
    def bytes(self) -> int:
        return sum(piece.nbytes for piece in self.pieces)

    def filter(self, wanted: pc.Expression) -> "Frame":
        return Frame(tuple(piece.filter(wanted) for piece in self.pieces))

    def select(self, *columns: str) -> "Frame":
        return Frame(tuple(piece.select(list(columns)) for piece in self.pieces))

    def unionAll(self, other: "Frame") -> "Frame":
        return Frame(self.pieces + other.pieces)

    def repartition(self, many: int, *columns: str) -> "Frame":
        assert many > 0
        whole = pa.concat_tables(self.pieces)
        keys = whole.select(list(columns) or whole.schema.names).to_pylist()
        places = [hashlib.sha256(str(key).encode()).digest()[0] % many for key in keys]
        cut: list[list[int]] = [[] for _ in range(many)]
        for at, place in enumerate(places):
            cut[place].insert(0, at)
        return Frame(tuple(whole.take(pa.array(chosen, pa.int64())) for chosen in cut))

    def sortWithinPartitions(self, *columns: str) -> "Frame":
        return Frame(tuple(piece.sort_by([(column, "ascending") for column in columns]) for piece in self.pieces))


class PlainSpark:
    """Stands in for `loaders.ingest.spark.Spark`. Of each step it knows the processor seconds, the bytes in, the bytes out."""

    width = 3

    def __init__(self, *given: object) -> None:
        self.steps: list[str] = []
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.taken: Counter[str] = Counter()
        self.made: Counter[str] = Counter()
        self.fetched_bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def close(self) -> None:
        pass

    def frame(self, table: pa.Table) -> Frame:
        return Frame((table,))

    def step(self, frame: Frame, name: str, told: bytes, ddl: str) -> Frame:
        self.steps.append(name)
        self.taken[name] += frame.bytes

        def done(piece: pa.Table) -> pa.Table:
            batches = piece.combine_chunks().to_batches(max_chunksize=_ROWS) if piece.num_rows else []
            return pa.Table.from_batches(run(name, told, batches), schema=_SCHEMA)

        started = process_time()
        made = Frame(tuple(done(piece) for piece in reversed(frame.pieces)))
        self.seconds[name] += process_time() - started
        self.made[name] += made.bytes
        return made

    def kept(self, frame: Frame) -> Frame:
        return frame

    def fetched(self, frame: Frame) -> pa.Table:
        self.fetched_bytes += frame.bytes
        return pa.concat_tables(frame.pieces)

    @contextmanager
    def errors(self) -> Iterator[None]:
        yield
