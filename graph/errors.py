"""The errors of this software: each says which thing, what was wrong and what to do, in one line."""

from collections.abc import Mapping

_LONGEST = 300
"""Characters of what another program said that stand in a message of ours."""


class PolicyGraphError(Exception):
    """Anything that a user can mend; `exit_code` is what the command line leaves with.

    The message is a template, and the values fill it in: `str()` gives the English line, and a screen in another
    language finds its own words by the template.

    >>> error = InputError("{where}: the file is empty; nothing to read", where="plan.txt")
    >>> str(error), error.template
    ('plan.txt: the file is empty; nothing to read', '{where}: the file is empty; nothing to read')
    """

    exit_code = 1

    def __init__(self, template: str = "", **values: object) -> None:
        """Say what is wrong; without values the template is the message itself, whatever signs it holds."""
        # Text, so that an error goes from one process to another whatever it speaks of.
        kept = {name: one if isinstance(one, (int, float)) else str(one) for name, one in values.items()}
        super().__init__(template.format(**kept) if kept else template)
        self.template = template
        self.values: Mapping[str, object] = kept


class RecordError(PolicyGraphError):
    """A record that contradicts itself, such as a deadline that ends before it starts."""


class InputError(PolicyGraphError):
    """A file or folder that cannot be read as a document."""

    exit_code = 4


class UnknownFormatError(InputError):
    """A file whose suffix no reader takes."""


class NotFoundError(PolicyGraphError):
    """A name that matches nothing, or several things, in the graph."""

    exit_code = 3


class StoreError(PolicyGraphError):
    """A store that is not there, is locked, or is of another format version."""

    exit_code = 6


class DamagedError(StoreError):
    """A file of a graph's folder, its `path`, that is lost or not what was written; a build makes it anew."""


class UsageError(PolicyGraphError):
    """A parameter or query that is not allowed."""

    exit_code = 2


def one_line(said: object) -> str:
    r"""Return another program's message as one line, cut where it is long.

    >>> one_line(ValueError("no such\n  column"))
    'no such column'
    """
    return " ".join(str(said).split())[:_LONGEST]
