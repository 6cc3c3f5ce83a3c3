"""What office browsers of today are made of is Chrome 90: no asset of ours uses what came after it.

The lists are of what browsers learned after version 90, by the words that a script or a sheet says it with.
"""

import re
from pathlib import Path

import pytest

from tests.sources import files

SCRIPT = {
    r"\.at\(": 92,
    r"\bhasOwn\b": 93,
    r"static\s*\{": 94,
    r"#\w+ in \w": 91,
    r"\bstructuredClone\b": 98,
    r"\.findLast(Index)?\(": 97,
    r"\.(toSorted|toReversed|toSpliced)\(": 110,
    r"\.with\(": 110,
    r"\b(Object|Map)\.groupBy\b": 117,
    r"\.(isWellFormed|toWellFormed)\(": 111,
    r"\bArray\.fromAsync\b": 121,
    r"\bPromise\.(withResolvers|try)\b": 119,
    r"\bcause:\s": 93,
    r"\brandomUUID\b": 92,
    r"AbortSignal\.(timeout|any)": 103,
    r"\b(show|hide|toggle)Popover\b|popover": 114,
    r"\bcheckVisibility\b": 105,
    r"\bsetHTML\b": 105,
    r"\bstartViewTransition\b": 111,
    r"scrollend": 114,
    r"\bIntl\.(Segmenter|DurationFormat)\b.*": 99,
    r"\b(union|intersection|difference|symmetricDifference)\(new Set": 122,
    r"/[gimsuy]*v[gimsuy]*\.(test|exec)": 112,
    r"with\s*\{\s*type:": 123,
    r"\binert\b": 102,
    r"\busing\s+\w+\s*=": 134,
}
"""What scripts may not say, with the version of Chrome that knows it first."""
SHEET = {
    r":has\(": 105,
    r"@container|container-type": 105,
    r"@layer": 99,
    r"@scope": 118,
    r"@counter-style": 91,
    r"@starting-style": 117,
    r"@view-transition|view-transition-name": 111,
    r"\bsubgrid\b": 117,
    r"\baccent-color\b": 93,
    r"\bcolor-mix\(|\blab\(|\boklch\(|\boklab\(|\blch\(|\bcolor\(": 111,
    r"\blight-dark\(": 123,
    r"\d(dvh|svh|lvh|dvw|svw|lvw)\b": 108,
    r"\dc(qw|qh|qi|qb)\b": 105,
    r"\dr?lh\b": 109,
    r"text-wrap\s*:|text-wrap-": 114,
    r"\bfield-sizing\b": 123,
    r"\bscrollbar-(gutter|color|width)\b": 94,
    r"(?<![-\w])(translate|rotate|scale)\s*:": 104,
    r"\bbackdrop-filter\b.*::backdrop": 122,
    r"\bhyphenate-|initial-letter": 106,
    r"\bmask(-\w+)?\s*:": 120,
    r":(user-valid|user-invalid|popover-open|modal|open)\b": 105,
    r"(sin|cos|tan|round|mod|rem|pow|sqrt|hypot|abs|sign)\((?![^)]*var)": 111,
    r"\btext-box|text-spacing-trim|word-break:\s*auto-phrase": 119,
    r"(?<![\w-])(anchor|position-area|position-try)\b\s*[:(]": 125,
    r"\boverflow\s*:\s*clip": 91,
    r"@media[^{]*\([^)]*[<>]": 104,
}
"""What sheets may not say."""
ASSETS = [one for one in files("views") if one.suffix in (".js", ".css")]


def bare(text: str) -> str:
    """Return a script or sheet without its comments and what stands in quotes, which nothing is done by."""
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.DOTALL)
    return re.sub(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", '""', text)


@pytest.mark.parametrize("asset", ASSETS, ids=lambda one: one.name)
def test_an_asset_says_nothing_that_chrome_90_does_not_know(asset: Path) -> None:
    text = bare(asset.read_text(encoding="utf-8"))
    newer = SCRIPT if asset.suffix == ".js" else SHEET
    assert {words: newer[words] for words in newer if re.search(words, text)} == {}


def test_a_sheet_nests_no_rules() -> None:
    """Nesting came with 112: inside of a rule stand declarations alone, inside of `@media` and `@page` rules."""
    for asset in (one for one in ASSETS if one.suffix == ".css"):
        depth: list[bool] = []
        for head, sign in re.findall(r"([^{};]*)([{};])", bare(asset.read_text(encoding="utf-8"))):
            if sign == "{":
                inside_a_rule = bool(depth) and not depth[-1]
                assert not inside_a_rule, (asset.name, head.strip())
                depth.append(head.strip().startswith(("@media", "@supports")))
            elif sign == "}":
                depth.pop()
        assert depth == []


@pytest.mark.parametrize(
    ("suffix", "said"),
    [
        (".js", "rows.at(-1)"),
        (".js", "Object.hasOwn(a, 'b')"),
        (".js", "list.toSorted()"),
        (".css", "a:has(b) { color: red }"),
        (".css", "p { height: 100dvh }"),
        (".css", "p { rotate: 3deg }"),
        (".css", "@media (width > 700px) { p { color: red } }"),
    ],
)
def test_what_is_newer_is_found(suffix: str, said: str) -> None:
    newer = SCRIPT if suffix == ".js" else SHEET
    assert [words for words in newer if re.search(words, bare(said))]


@pytest.mark.parametrize(
    ("suffix", "said"),
    [
        (".js", "flat.replaceAll('a', 'b'); a?.b ?? c; x ||= 1; data['hasOwn x']"),
        (
            ".css",
            "p { transform: rotate(3deg); -webkit-print-color-adjust: exact; inset: 0; gap: 3px; aspect-ratio: 1 }",
        ),
        (".css", "a:focus-visible { overflow: hidden } a:is(b, c) { color: rgb(1 2 3 / 4%) }"),
    ],
)
def test_what_chrome_90_knows_is_no_fault(suffix: str, said: str) -> None:
    newer = SCRIPT if suffix == ".js" else SHEET
    assert [words for words in newer if re.search(words, bare(said))] == []
