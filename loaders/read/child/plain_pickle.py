"""Records out of a pickle that may come from anywhere: those of ours that are named, and nothing else."""

import io
import pickle
from collections.abc import Mapping


class _Named(pickle.Unpickler):
    """Reads the records that it is told of."""

    def __init__(self, data: bytes, allowed: Mapping[tuple[str, str], type]) -> None:
        super().__init__(io.BytesIO(data))
        self._allowed = allowed

    def find_class(self, module: str, name: str) -> type:
        if (module, name) not in self._allowed:
            raise pickle.UnpicklingError(f"{module}.{name} has no place among these records")
        return self._allowed[module, name]


def records_from(data: bytes, allowed: Mapping[tuple[str, str], type]) -> object:
    """Return what `data` holds, made of plain values and of the records `allowed` (module, name).

    Raises:
        Exception: it holds anything else, or is no pickle; other bytes than were written may fail in any way.
    """
    return _Named(data, allowed).load()
