"""Functions that the SPARQL stores share: parameters put into a text, results made plain, texts that call out refused."""

import json
import re
from collections.abc import Sequence
from typing import cast

from graph.errors import UsageError
from graph.rdf.mapping import terms
from graph.rdf.rdf_write import quoted
from graph.store.protocol import Parameters, Scalar

# The tokens that may hold what looks like something else: texts, IRIs, comments. And the parameters.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n\r]|\\.)*"|\'(?:[^\'\\\n\r]|\\.)*\''
    r'|<[^<>"{}|^`\\\x00-\x20]*>|#[^\n\r]*|\$(?P<name>\w+)',
    re.DOTALL,
)
# The end of a line that holds only where a parameter is given: `FILTER(?level = $level) # if $level`.
_CONDITION = re.compile(r"^[^\n]*# if \$(\w+)[ \t]*\n?", re.MULTILINE)
# One that holds for each value of a list: `FILTER(CONTAINS(?title, $word)) # each $word of $words`.
_EACH = re.compile(r"^([^\n]*)# each \$(\w+) of \$(\w+)[ \t]*$", re.MULTILINE)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_CALLS_OUT = re.compile(r"(?<![?$:\w])(SERVICE|FROM|LOAD)(?![:\w])", re.IGNORECASE)
_JSON = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(_XSD + name for name in ("integer", "nonNegativeInteger", "int", "long"))
_NUMBERS = frozenset(_XSD + name for name in ("double", "decimal", "float"))


def bound(text: str, parameters: Parameters | None = None) -> str:
    r"""Return a query with its parameters `$name` as literals, and the PREFIX lines that it lacks.

    A list stands as `VALUES ?x { $name }` or `IN ($name)`; what is not given is the empty text. A line that ends
    `# if $name` is left out where that is not given: an engine plans the worse the more it must look at. A line that
    ends `# each $one of $name` stands once for each value.
    A `$name` that is no parameter stays the variable that SPARQL takes it for. Comments go: what is one to one
    reader need not be one to the next.

    >>> print(bound("SELECT ?t { VALUES ?t { $tasks } FILTER($level = '' || ?t IN ($tasks)) }",
    ...             {"tasks": ["yunxi/1.1", 'a"b'], "level": None}))
    SELECT ?t { VALUES ?t { "yunxi/1.1" "a\"b" } FILTER("" = '' || ?t IN ("yunxi/1.1", "a\"b")) }
    """
    given = parameters or {}

    def put(match: "re.Match[str]") -> str:
        name = match["name"]
        if match[0][0] == "#":
            return ""
        if name is None or name not in given:
            return match[0]
        value = given[name]
        if isinstance(value, str) or not isinstance(value, Sequence):
            return _literal(value)
        in_values = text[: match.start()].rstrip().endswith("{")
        return (" " if in_values else ", ").join(_literal(one) for one in value)

    def condition(match: "re.Match[str]") -> str:
        left_out = match[1] in given and given[match[1]] in (None, "", [], ())
        return "" if left_out else match[0]

    def repeated(match: "re.Match[str]") -> str:
        values = given.get(match[3])
        if isinstance(values, str) or not isinstance(values, Sequence):
            return match[0]
        return "\n".join(re.sub(rf"\${match[2]}\b", lambda _: _literal(one), match[1]) for one in values)  # noqa: B023

    text = _EACH.sub(repeated, _CONDITION.sub(condition, _unescaped(text)))
    return terms().prologue(text) + _TOKEN.sub(put, text)


def _unescaped(text: str) -> str:
    r"""Return a query with its code points \uXXXX made characters, so that what is checked is what is asked.

    Texts in it keep theirs: there they are no words of the language.
    """
    if "\\" not in text:
        return text

    def decoded(found: "re.Match[str]") -> str:
        return chr(int(found[1] or found[2], 16))

    parts, last = [], 0
    for token in _TOKEN.finditer(text):
        parts.append(_CODE_POINT.sub(decoded, text[last : token.start()]))
        parts.append(token[0])
        last = token.end()
    return "".join([*parts, _CODE_POINT.sub(decoded, text[last:])])


def _literal(value: Scalar) -> str:
    if value is None:
        return '""'
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f'"{value!r}"^^<{_XSD}double>'
    return quoted(value)


def word_that_calls(text: str) -> str | None:
    """Return the word by which a query, as `bound` gives it, would fetch something (SERVICE, FROM, LOAD), or None."""
    found = _CALLS_OUT.search(_TOKEN.sub(" ", text))
    return found[1].upper() if found else None


def askable(text: str, parameters: Parameters | None = None) -> str:
    """Return a query as `bound` gives it, which an engine may be asked.

    Raises:
        UsageError: it would fetch something.
    """
    asked = bound(text, parameters)
    if word := word_that_calls(asked):
        raise UsageError("the query calls {word}, which is not allowed: questions only read the graph", word=word)
    return asked


def scalar(value: str, datatype: str | None) -> Scalar:
    """Return the plain value of a literal: numbers and truths as such, lists as JSON text, all else as text."""
    if datatype is None:
        return value
    if datatype in _INTEGERS:
        return int(value)
    if datatype in _NUMBERS:
        return float(value)
    if datatype == _XSD + "boolean":
        return value in ("true", "1")
    if datatype == _JSON:
        return json.dumps(json.loads(value), ensure_ascii=False, sort_keys=True)
    return cast(Scalar, value)
