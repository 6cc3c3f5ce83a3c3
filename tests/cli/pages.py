"""Reading a page of a picture as a browser's parser would, for its tests; and made cascades of any size."""

import json
import random
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from views.picture_records import RELATIONS, Card, Cascade, DrawnLink, DrawnTheme

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")


@dataclass
class Page(HTMLParser):
    """The tags of a page with their attributes, its scripts by kind, and its text."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    scripts: list[tuple[str, str]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    style: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in = tag if tag in ("script", "style") else ""
        if tag == "script":
            self.scripts.append((dict(attrs).get("type") or "", ""))

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "script":
            kind, held = self.scripts[-1]
            self.scripts[-1] = (kind, held + data)
        elif self._in == "style":
            self.style += data
        else:
            self.text.append(data)

    @property
    def words(self) -> str:
        """All text that a person reads."""
        return " ".join(" ".join(self.text).split())

    @property
    def data(self) -> dict[str, Any]:
        """The data that the page's script reads."""
        found: dict[str, Any] = json.loads(next(text for kind, text in self.scripts if kind == "application/json"))
        return found

    @property
    def run(self) -> list[str]:
        """The scripts that run."""
        return [text for kind, text in self.scripts if not kind]

    @property
    def policy(self) -> str:
        """The page's content security policy."""
        found = [one["content"] for tag, one in self.tags if one.get("http-equiv") == "Content-Security-Policy"]
        assert len(found) == 1
        return found[0] or ""


def parsed(html: str) -> Page:
    """Return a page, parsed."""
    page = Page()
    page.feed(html)
    page.close()
    return page


def browser() -> str | None:
    """Return a browser that can run without a screen, None where this machine has none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def opened(page: Path | str, profile: Path) -> tuple[str, str]:
    """Return a page's DOM after its scripts ran in a browser that reaches this machine alone, and what it complained of."""
    command = [
        browser() or "",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-sync",
        "--disable-background-networking",
        "--disable-component-update",
        f"--user-data-dir={profile}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--window-size=1366,768",
        "--virtual-time-budget=3000",
        "--enable-logging=stderr",
        "--dump-dom",
        page.as_uri() if isinstance(page, Path) else page,
    ]
    done = subprocess.run(command, capture_output=True, timeout=90, check=False)
    said = done.stderr.decode("utf-8", "replace")
    return done.stdout.decode("utf-8"), "\n".join(line for line in said.splitlines() if "CONSOLE" in line)


def with_script(html: str, script: str, policy: str) -> str:
    """Return a page with one more script that its policy allows."""
    from views.picture_file import content_policy

    allowed = [*parsed(html).run, script]
    fresh = content_policy(allowed).replace("'", "&#39;")
    html = re.sub(r'(http-equiv="Content-Security-Policy" content=")[^"]*"', rf'\g<1>{fresh}"', html, count=1)
    return html.replace("</body>", f"<script>{script}</script>\n</body>")


def made(roots: int, cities: int, counties: int, themes: int = 1, seed: int = 1) -> Cascade:
    """Return a cascade of three levels; some tasks have two parents, some pass over a level, some are not taken up."""
    chance, cards, links = random.Random(seed), {}, []

    def card(key: str, level: str, place: str) -> None:
        cards[key] = Card(
            key=key,
            level=level,
            place=place,
            policy=place,
            title=f"办好第{key}件事" * chance.randint(1, 3),
            path="1",
            units=[("lead", "政务服务局"), ("support", "有关部门")],
            missing=["乙市"] if chance.random() < 0.1 else [],
        )

    def link(parent: str, child: str, skips: bool = False) -> None:
        links.append(DrawnLink(parent=parent, child=child, relation=chance.choice(RELATIONS), score=0.9, skips=skips))

    for root in range(roots):
        card(f"p/{root}", "province", "甲省")
        for city in range(cities):
            card(f"c{city}/{root}", "city", f"{city}市")
            link(f"p/{root}", f"c{city}/{root}")
            if root and chance.random() < 0.2:
                link(f"p/{root - 1}", f"c{city}/{root}")
            for county in range(counties):
                key = f"d{city}.{county}/{root}"
                card(key, "county", f"{city}市{county}县")
                skips = chance.random() < 0.15
                link(f"p/{root}" if skips else f"c{city}/{root}", key, skips)
                if root and chance.random() < 0.1:
                    link(f"p/{root - 1}", key, True)
    for one in links:
        cards[one.parent].taken = True
        cards[one.child].skips |= one.skips
    size = -(-roots // themes)
    grouped = tuple(
        DrawnTheme(
            key=str(at), name=f"主题{at}", heads=tuple(f"p/{one}" for one in range(roots)[at * size : (at + 1) * size])
        )
        for at in range(themes)
    )
    return Cascade(
        title="办实事", doc_number=None, place="甲省", cards=cards, links=tuple(links), themes=grouped, policies={}
    )
