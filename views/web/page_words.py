"""The words of the explorer in two languages; headings, values and errors are those that the command line says."""

from datetime import datetime
from functools import cache
from importlib import import_module

from graph.errors import PolicyGraphError
from graph.store.protocol import Scalar
from queries.answer import Answer, Note
from views.words.named_words import LANGUAGES, error_line, heading, named_words, signal_word, value_word
from views.words.visible import visible


@cache
def page_messages(language: str) -> dict[str, str]:
    """Return the words of pages by their codes."""
    words: dict[str, str] = import_module(f"views.web.page_words_{language}").WORDS
    return words


def _moment(when: object) -> str | None:
    """Return a moment of ISO 8601 by the clock of this machine; one that is none, as it stands."""
    if when is None:
        return None
    try:
        return datetime.fromisoformat(str(when)).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError):
        return str(when)


class PageWords:
    """The words of one language: `words("nav.start")`."""

    def __init__(self, language: str) -> None:
        """Speak `zh` or `en`; anything else is Chinese."""
        self.language = language if language in LANGUAGES else "zh"
        self._own = page_messages(self.language)

    @property
    def tag(self) -> str:
        """The language tag of a page."""
        return "zh-CN" if self.language == "zh" else "en"

    def __call__(self, code: str, **values: object) -> str:
        """Return the words of that code, filled with the values."""
        return self._own[code].format(**values) if values else self._own[code]

    def heading(self, answer: Answer, name: str) -> str:
        """Return the heading of a table's column."""
        return self._own.get(f"heading.{answer.name}.{name}") or heading(answer, name, self.language)

    def value(self, name: str, printed: Scalar) -> str:
        """Return a value of a column as a cell has it; what steers a screen stands as a sign that one sees."""
        said = value_word(name, printed, self.language)
        if isinstance(said, float):
            return f"{said:g}"
        return "" if said is None else visible(str(said))

    def moment(self, when: object) -> str:
        """Return a moment by the clock of this machine; nothing where it is not known."""
        return visible(_moment(when) or "")

    def told(self, by: object, when: object, why: object) -> str:
        """Return who said something, when (in the time of this machine) and why, as far as it is known."""
        return " · ".join(visible(str(one)) for one in (by, _moment(when), why) if one)

    def kind(self, name: str) -> str:
        """Return the word of a kind of thing."""
        return named_words(self.language).get(f"kind.{name}", name)

    def meaning(self, signal: str) -> str:
        """Return what a signal compares."""
        return signal_word(signal, self.language)

    def note(self, note: Note) -> str:
        """Return a note as a sentence."""
        values = {name: self.value(name, one) for name, one in note.values.items()}
        said = self._own.get(f"note.{note.code}")
        # One that has no words yet is shown bare rather than hidden.
        return said.format(**values) if said else f"{note.code}: {'; '.join(values.values())}"

    def error(self, error: PolicyGraphError) -> str:
        """Return the line of an error."""
        return error_line(error, self.language)
