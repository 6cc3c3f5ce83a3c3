"""The errors of this software: each says which thing, what was wrong and what to do, in one line."""


class PolicyGraphError(Exception):
    """Anything that a user can mend; `exit_code` is what the command line leaves with."""

    exit_code = 1


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


class UsageError(PolicyGraphError):
    """A parameter or query that is not allowed."""

    exit_code = 2
