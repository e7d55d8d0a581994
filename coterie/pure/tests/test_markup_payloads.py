"""Other people's attacks on the renderer, judged by reading the result again as HTML."""

import re
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from coterie.pure.markup import MAX_SOURCE, Note, called, fold, render, tidy_note
from tests import naughty

HARMLESS = {"p", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "li", "hr", "br", "a"}
HARMLESS |= {"table", "thead", "tbody", "tr", "th", "td", "code", "em", "strong", "s"}
HARMLESS |= {"div", "details", "summary"}
ATTRIBUTES = {
    "a": {"href", "rel", "class", "dir"},
    "ol": {"start", "dir"},
    "pre": {"dir", "tabindex"},
    "table": {"dir", "tabindex"},
    "details": {"class", "dir"},
    "summary": {"data-word", "dir"},
}
OURS = {"spoiler", "spoiler spoiler--block", "note", "hosts-note", "hashtag", "mention"}
ADDRESS = re.compile(r"^(https?://|mailto:|/p/abc/(tags|members)/[^/?#]+/$)", re.IGNORECASE)


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
        if name in ("class", "data-word") and value not in OURS:
            self.faults.append(f"{tag}[{name}={value}]")

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


PAYLOADS = naughty.payloads()

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
    "spoiler": "||{}||",
    "hidden quote": ">! {}",
    "hashtag": "#{}",
    "hashtag behind a word": "#a{}",
    "mention": "@{}",
    "quoted mention": '@"{}"',
}


def shown(payload: str, context: str) -> str:
    """What readers would get; everybody who is called is there, so that each name is a link."""
    source = CONTEXTS[context].replace("{}", payload)[:MAX_SOURCE]
    return render(source, at="/p/abc/", people=dict.fromkeys(called(source), payload))


@pytest.mark.parametrize("context", CONTEXTS)
def test_no_payload_survives(context: str) -> None:
    assert len(PAYLOADS) > 2_900
    for payload in PAYLOADS:
        assert not faults(shown(payload, context)), payload


def test_no_payload_survives_as_a_note() -> None:
    for payload in PAYLOADS:
        folded = fold("<p>x</p>", Note(tidy_note(payload)))
        assert not faults(folded), payload
        assert folded.count("<summary") == 1 or not tidy_note(payload), payload


def test_without_the_two_walls_they_do() -> None:
    unguarded = MarkdownIt("commonmark", {"html": True})
    unsafe = [text for text in PAYLOADS if faults(unguarded.render(text))]
    assert len(unsafe) > 1500
