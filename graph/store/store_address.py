"""Addresses of stores: a graph's folder with the dialect it is asked in, or a server."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.errors import UsageError
from graph.store.protocol import Dialect

BOLT_SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_SPARQL_SCHEMES = ("sparql+http", "sparql+https")
_EMBEDDED_SPARQL = "sparql+file"
AddressKind = Literal["folder", "sparql folder", "bolt server", "sparql server", "unknown"]
"""How a store is reached."""
_KINDS: dict[str, AddressKind] = {
    _EMBEDDED_SPARQL: "sparql folder",
    **dict.fromkeys(_SPARQL_SCHEMES, "sparql server"),
    **dict.fromkeys(BOLT_SCHEMES, "bolt server"),
}


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """An address, taken apart: a graph's folder, the same asked in SPARQL (`sparql+file://FOLDER`), or a server.

    `folder` holds the graph, its texts and its decisions, in whatever dialect it is asked; it is None of a server.
    """

    text: str
    kind: AddressKind
    folder: Path | None = None

    @classmethod
    def of(cls, address: "str | Path | StoreAddress") -> "StoreAddress":
        """Return an address taken apart; one of no known form has the kind `unknown`, which `open_store` refuses.

        >>> StoreAddress.of("sparql+file://.zhengmai").kind, StoreAddress.of("neo4j://localhost:7687").folder
        ('sparql folder', None)
        """
        if isinstance(address, StoreAddress):
            return address
        text = str(address)
        scheme, mark, rest = text.partition("://")
        if not mark:
            return cls(text, "folder", Path(address))
        kind = _KINDS.get(scheme.lower(), "unknown")
        return cls(text, kind, Path(rest) if kind == "sparql folder" else None)

    @property
    def scheme(self) -> str:
        """The part before `://`, empty of a folder."""
        scheme, mark, _ = self.text.partition("://")
        return scheme.lower() if mark else ""

    @property
    def dialect(self) -> Dialect:
        """The dialect that queries must be written in."""
        return "sparql" if self.kind in ("sparql folder", "sparql server") else "cypher"

    @property
    def shown(self) -> str:
        """The address without what may be a password, for messages.

        >>> StoreAddress.of("neo4j://me:secret@localhost:7687").shown
        'neo4j://localhost:7687'
        """
        scheme, mark, rest = self.text.partition("://")
        return scheme + mark + rest.rpartition("@")[2] if mark else self.text

    def asked_in(self, dialect: Dialect | None) -> "StoreAddress":
        """Return the address that answers in a dialect: a graph's folder has a store for each, all else has its own.

        >>> StoreAddress.of(".zhengmai").asked_in("sparql").text
        'sparql+file://.zhengmai'

        Raises:
            UsageError: it answers in the other one alone, or nothing answers at such an address.
        """
        if self.kind == "unknown":
            raise unknown(self)
        if dialect in (None, self.dialect):
            return self
        if self.kind != "folder":
            raise UsageError(
                "{scheme}://…: this store is asked in {spoken}, not in {wanted}",
                scheme=self.scheme,
                spoken=self.dialect,
                wanted=dialect,
            )
        return StoreAddress.of(f"{_EMBEDDED_SPARQL}://{self.folder}")


def folder_of(address: str | Path) -> Path | None:
    """Return the folder that holds a graph, its texts and its decisions; None of a server."""
    return StoreAddress.of(address).folder


def shown(address: str | Path) -> str:
    """Return an address without what may be a password, for messages."""
    return StoreAddress.of(address).shown


def sparql_address(address: str | Path) -> str:
    """Return the address that answers in SPARQL: a folder's other store, or what answers so already."""
    return StoreAddress.of(address).asked_in("sparql").text


def unknown(address: StoreAddress) -> UsageError:
    """Return the error of an address that nothing answers at."""
    known = " ".join(f"{one}://" for one in (*BOLT_SCHEMES, *_SPARQL_SCHEMES))
    return UsageError(
        "{scheme}://…: no store answers at such an address; there are {known} and folders",
        scheme=address.scheme,
        known=known,
    )
