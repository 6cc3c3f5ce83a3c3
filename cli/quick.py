"""Reading a plain command line without typer's own reader, which takes longer to start than a question to answer.

Typer checks every value with pydantic, whose import alone costs a quarter of a cold `cascade`. Where a command line holds
nothing but known options with plain values, the same function is called with the same values; everything else
(help, mistakes, lists, numbers) is left to typer.
"""

import inspect
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from typer.models import ArgumentInfo, OptionInfo

from cli.options import Listed, entry
from graph.schema.vocabulary import listed_value


@dataclass(frozen=True, slots=True)
class _Slot:
    """One option or argument: its name in Python, its type without None, its flags (none for an argument).

    `listed` is the closed list of which it takes a value.
    """

    name: str
    type: Any
    flags: tuple[str, ...]
    default: Any
    listed: str | None = None


def plain(function: Callable[..., None], words: Sequence[str]) -> Callable[[], None] | None:
    """Return the command ready to run with the values that the words give; None where typer has to read them."""
    run, parameters = entry(function)
    slots = [_slot(one) for one in parameters]
    values = _values(slots, words)
    if values is None or any(slot.default is inspect.Parameter.empty and slot.name not in values for slot in slots):
        return None
    return partial(run, **{slot.name: values.get(slot.name, slot.default) for slot in slots})


def _slot(parameter: inspect.Parameter) -> _Slot:
    held, info = get_args(parameter.annotation)[:2]
    if get_origin(held) in (Union, types.UnionType):
        held = next(one for one in get_args(held) if one is not type(None))
    if isinstance(info, ArgumentInfo):
        return _Slot(parameter.name, held, (), parameter.default)
    assert isinstance(info, OptionInfo)
    # In an annotation the first flag stands where a default would.
    flags = (info.default, *(info.param_decls or ()))
    listed = info.parser.listed if isinstance(info.parser, Listed) else None
    return _Slot(parameter.name, held, tuple(str(flag) for flag in flags), parameter.default, listed)


def _values(slots: Sequence[_Slot], words: Sequence[str]) -> dict[str, Any] | None:
    """Return the values by name; None where a word is not plain."""
    flags = {flag: slot for slot in slots for flag in slot.flags}
    free = [slot for slot in slots if not slot.flags]
    values: dict[str, Any] = {}
    left = list(words)
    while left:
        word = left.pop(0)
        flag, equals, given = word.partition("=")
        if not word.startswith("-"):
            slot, given = (free[0] if free else None), word
            if slot is not None and slot.type == list[str]:
                # The last argument takes all words that are left; behind it none has room.
                if not word:
                    return None
                values.setdefault(slot.name, []).append(word)
                continue
            free = free[1:]
        else:
            slot = flags.get(flag)
            if slot is not None and slot.type is bool and not equals:
                values[slot.name] = True
                continue
            if slot is not None and not equals:
                given = left.pop(0) if left else "-"
        value = None if slot is None or slot.name in values else _value(slot, given)
        if slot is None or value is None:
            return None
        values[slot.name] = value
    return values


def _value(slot: _Slot, given: str) -> Any:  # noqa: ANN401
    """Return a word as a value of the slot's type; None where that takes more than looking at it."""
    if not given or given.startswith("-"):
        return None
    if slot.listed is not None:
        return listed_value(slot.listed, given)
    if slot.type is str:
        return given
    if slot.type is Path:
        return Path(given)
    if isinstance(slot.type, type) and issubclass(slot.type, Enum):
        return next((one for one in slot.type if one.value == given), None)
    return None
