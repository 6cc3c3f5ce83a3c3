"""Stores: projections of a snapshot that answer questions."""

from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import StoreError

if TYPE_CHECKING:
    from graph.store.base import Store


def open_store(address: str | Path) -> "Store":
    """Return the store at `address`, opened: a graph's folder. Drivers are imported on use.

    Raises:
        StoreError: there is no graph there, or it cannot be opened.
    """
    from graph.store.arcade import ArcadeStore
    from graph.store.home import Home

    home = Home(Path(address))
    while True:
        folder = home.graph()
        store = ArcadeStore(folder, home.engine_log)
        try:
            store.open()
        except StoreError:
            # A build may have changed over between the look at the pointer and the opening.
            if home.graph() == folder:
                raise
        else:
            return store
