"""Answers without a word of any language: a picture, a stylesheet, a file."""

from collections.abc import Callable
from typing import Any


def wordless[View: Callable[..., Any]](view: View) -> View:
    """What this view answers is the same in every language, or its address names the language."""
    view.wordless = True  # type: ignore[attr-defined]
    return view


def is_wordless(view: Callable[..., Any]) -> bool:
    """Whether the view was marked so."""
    return getattr(view, "wordless", False)
