"""Errors of questions: each has a code and values beside its English line, for screens in other languages."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from graph.errors import NotFoundError, UsageError
from graph.store.protocol import AnswerRow, Scalar

SHOWN = 5
"""So many cases are named in a message; the rest are counted."""


class UnknownNameError(NotFoundError):
    """Nothing in the graph has this name; `values["near"]` names what looks like it."""

    def __init__(self, kind: str, name: str, known: Sequence[str] = ()) -> None:
        """Say that `name` is no `kind`, and which of `known` are near."""
        near = close(name, known)
        hint = f"; did you mean {'; '.join(near)}?" if near else ""
        super().__init__(f"no {kind} is named {name!r}{hint}")
        self.code = "not_found_near" if near else "not_found"
        self.values: Mapping[str, Scalar] = {"kind": kind, "name": name, "near": "; ".join(near)}


class SeveralNamesError(NotFoundError):
    """Several things in the graph answer to this name; `matches` lists them."""

    def __init__(self, kind: str, name: str, matches: Sequence[AnswerRow]) -> None:
        """Say that `name` is several things, and which."""
        self.matches = tuple(matches)
        named = [f"{row['key']} ({row['name']})" for row in self.matches[:SHOWN]]
        more = f" and {len(self.matches) - SHOWN} more" if len(self.matches) > SHOWN else ""
        listed = "; ".join(named) + more
        super().__init__(f"{name!r} names {len(self.matches)} things ({kind}): {listed}; give one of the keys")
        self.code = "several"
        self.values: Mapping[str, Scalar] = {
            "kind": kind,
            "name": name,
            "count": len(self.matches),
            "listed": listed,
        }


class CodedUsageError(UsageError):
    """Something that a question may not be asked with; `code` and `values` say it in other languages."""

    def __init__(self, code: str, message: str, **values: Scalar) -> None:
        """Say what is wrong, in English, and by code and values."""
        super().__init__(message)
        self.code = code
        self.values: Mapping[str, Scalar] = values


class ParameterError(CodedUsageError):
    """A parameter that a question does not have, lacks, or cannot read."""


class GuardError(CodedUsageError):
    """A typed-in query that does what a question may not."""


class DecisionError(CodedUsageError):
    """A decision that cannot be kept: on a task and a policy, or with the upper of the two first."""


def close(name: str, known: Sequence[str]) -> list[str]:
    """Return up to three of `known` that look like `name`, the nearest first.

    >>> close("cascde", ["cascade", "lineage"])
    ['cascade']
    """
    return get_close_matches(name, known, n=3, cutoff=0.6)
