"""Other people's attacks on the renderer, judged by reading the result again as HTML."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from coterie.pure.markup import MAX_SOURCE, render

DATA = Path(__file__).parents[3] / "tests" / "data" / "security"

HARMLESS = {"p", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "li", "hr", "br", "a"}
HARMLESS |= {"table", "thead", "tbody", "tr", "th", "td", "code", "em", "strong", "s"}
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start", "dir"}}
ADDRESS = re.compile(r"^(https?://|mailto:)", re.IGNORECASE)


class Judge(HTMLParser):
    """Reads HTML and notes everything that is not on the list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HARMLESS:
            self.faults.append(tag)
        for name, value in attrs:
            self.judge(tag, name, value or "")

    def judge(self, tag: str, name: str, value: str) -> None:
        if name not in ATTRIBUTES.get(tag, {"dir"}):
            self.faults.append(f"{tag}[{name}]")
        if name == "href" and not ADDRESS.match(value):
            self.faults.append(value)

    def handle_comment(self, data: str) -> None:
        self.faults.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.faults.append("declaration")

    def unknown_decl(self, data: str) -> None:
        self.faults.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.faults.append("instruction")


def faults(html: str) -> list[str]:
    judge = Judge()
    judge.feed(html)
    judge.close()
    return judge.faults


def listed(name: str) -> list[str]:
    text = (DATA / name).read_text("utf-8")
    return text.splitlines() if name.endswith(".txt") else json.loads(text)


def payloads() -> Iterator[str]:
    for name in ("dompurify.json", "h5sc.json", "blns.json", "payloads_xss.txt"):
        yield from (text.replace("%js_uri_alert%", "javascript:alert(1)") for text in listed(name))


CONTEXTS = {
    "plain": "{}",
    "link": "[a]({})",
    "angle link": "[a](<{}>)",
    "image": "![{}]({})",
    "autolink": "<{}>",
    "title": '[a](https://a.example "{}")',
    "fence": "```{}\nx\n```",
    "reference": "[a][b]\n\n[b]: {}",
    "table": "|{}|\n|-|\n|{}|",
}


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_payload_survives(context: str) -> None:
    chosen = list(payloads())[:: 1 if context == "plain" else 3]
    assert len(chosen) > 1000
    for payload in chosen:
        html = render(CONTEXTS[context].replace("{}", payload)[:MAX_SOURCE])
        assert not faults(html), payload


def test_without_the_two_walls_they_do() -> None:
    unguarded = MarkdownIt("commonmark", {"html": True})
    unsafe = [text for text in payloads() if faults(unguarded.render(text))]
    assert len(unsafe) > 1500
