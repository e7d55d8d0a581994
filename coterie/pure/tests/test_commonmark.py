"""The examples of the CommonMark specification, and where this house says otherwise on purpose.

With every difference switched off, raw HTML on, our parser with its own rules gives what the
specification gives. Each difference is then switched on alone: which examples it touches is
written here, so that no other example ever changes unseen.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLinkText, validateLink

from coterie.pure.markup import render
from coterie.pure.markup.rendering import new_parser
from coterie.pure.tests.test_markup_payloads import faults

SPEC = Path(__file__).parents[3] / "tests" / "data" / "security" / "commonmark_spec.txt"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL)
LIBRARY = {220, 241, 242}
"""The library writes a quote in which nothing stands on one line, the specification on two."""
OF_A_BLOCK = re.compile(r' (dir="auto"|tabindex="0")')
"""Says nothing of what the block is."""


def html_off(parser: MarkdownIt) -> None:
    parser.options["html"] = False


def links_guarded(parser: MarkdownIt) -> None:
    guarded = new_parser()
    parser.validateLink = guarded.validateLink  # type: ignore[method-assign]
    parser.normalizeLinkText = guarded.normalizeLinkText  # type: ignore[method-assign]
    parser.enable("link_images")


def quiet(parser: MarkdownIt) -> None:
    parser.enable("quieten")


def no_indented_code(parser: MarkdownIt) -> None:
    parser.disable("code")


def no_underlined_titles(parser: MarkdownIt) -> None:
    parser.disable("lheading")


def lines_kept(parser: MarkdownIt) -> None:
    parser.options["breaks"] = True


def bare_addresses(parser: MarkdownIt) -> None:
    parser.options["linkify"] = True
    parser.enable("linkify")


def tables_and_strokes(parser: MarkdownIt) -> None:
    parser.enable(["table", "strikethrough"])


DIFFERENCES: dict[Callable[[MarkdownIt], None], str] = {
    html_off: ("21 31 148-193 203 310-311 346 477-479 493 496 526 538 615-619 625 627-633 645-646"),
    links_guarded: (
        "22-23 32-33 194-198 200 202 204-210 212 216-219 319 406 421 424 435 475-476 484-486 "
        "488 491 494 497-498 500-509 511-512 514 516-524 529-547 551-552 555-591 593-595 598 "
        "600-601 603"
    ),
    quiet: (
        "10 24 34 59 62 66-68 71-84 86 89-91 95-96 102-103 115 141-144 146 216-217 229-232 "
        "234 302 649-650"
    ),
    no_indented_code: (
        "1-3 5-8 18 36 48 69 85 100 107 110-112 114-118 134 137 185-186 193 213 227 233 238 "
        "240 254-256 259 266 272-276 280 288-292 311 315"
    ),
    no_underlined_titles: "59 80-84 86 89-91 95-96 102-103 115 141 217 302",
    lines_kept: (
        "14 25 28 37 46 49 70 81-82 87-88 93 95 104-106 113 138 145 148 170 189 215 218-219 "
        "222 224-226 230-232 234-235 240 245 249 252-253 255-256 287-290 292-295 306 314 336 "
        "369 386 396 407 425 434 492 496 507 545 554 558 589 623 651-652"
    ),
    bare_addresses: "604 610 613-614",
    tables_and_strokes: "",
}


def examples() -> list[tuple[str, str]]:
    found = EXAMPLE.findall(SPEC.read_text("utf-8").replace("→", "\t"))
    return [(said, shown) for said, shown in found]


def by_the_book() -> MarkdownIt:
    """Our parser, spoilers and calls and all, with every difference off."""
    parser = new_parser()
    for option in ("html", "xhtmlOut"):
        parser.options[option] = True
    for option in ("breaks", "linkify"):
        parser.options[option] = False
    parser.options["maxNesting"] = 100
    parser.validateLink = validateLink  # type: ignore[method-assign]
    parser.normalizeLinkText = normalizeLinkText  # type: ignore[method-assign,assignment]
    parser.enable(["code", "lheading"])
    parser.disable(["link_images", "quieten", "table", "strikethrough", "linkify"])
    return parser


def differing(parser: MarkdownIt) -> set[int]:
    return {
        number
        for number, (said, shown) in enumerate(examples(), 1)
        if OF_A_BLOCK.sub("", parser.render(said)) != shown
    }


def test_with_html_on_and_nothing_of_ours_every_example_is_as_specified() -> None:
    assert len(examples()) == 655
    assert differing(by_the_book()) == LIBRARY
    assert differing(MarkdownIt("commonmark")) == LIBRARY, "ours is as good as the library alone"


@pytest.mark.parametrize("difference", DIFFERENCES)
def test_each_difference_touches_these_examples_alone(
    difference: Callable[[MarkdownIt], None],
) -> None:
    parser = by_the_book()
    difference(parser)
    assert spoken(differing(parser) - LIBRARY) == DIFFERENCES[difference]


def spoken(numbers: set[int]) -> str:
    """Rows of numbers in few words: 1-3 7."""
    rows: list[list[int]] = []
    for number in sorted(numbers):
        if rows and rows[-1][-1] == number - 1:
            rows[-1][1:] = [number]
        else:
            rows.append([number])
    return " ".join("-".join(map(str, row)) for row in rows)


def test_all_examples_are_safe_as_they_are_shown() -> None:
    for said, _shown in examples():
        assert not faults(render(said)), said
