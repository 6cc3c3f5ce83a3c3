"""Stores: projections of a snapshot that answer questions."""

from graph.store.opening import open_store
from graph.store.store_address import StoreAddress, folder_of, shown, sparql_address

__all__ = ["StoreAddress", "folder_of", "open_store", "shown", "sparql_address"]
