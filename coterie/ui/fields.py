"""A form field with everything that belongs to it, in the order in which it is read."""

from typing import Any

from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    Form,
    HiddenInput,
    MultipleHiddenInput,
    RadioSelect,
    Textarea,
    TextInput,
)
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from coterie.ui.drawing import icon


def field(bound: BoundField) -> SafeString:
    """Label, help, control and error of one field."""
    widget = bound.field.widget
    if isinstance(widget, HiddenInput | MultipleHiddenInput):
        return format_html("{}{}", bound.as_widget(), wrongs(bound))
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return choices(bound)
    if isinstance(widget, CheckboxInput):
        return tick(bound)
    return format_html(
        '<div class="field{}">{}{}{}{}</div>',
        wrong_mark(bound),
        label(bound),
        hint(bound),
        bound.as_widget(attrs=growing(widget)),
        wrongs(bound),
    )


def choices(bound: BoundField) -> SafeString:
    """Radios or ticks, each a target as wide as the column."""
    ticks = format_html_join(
        "",
        '<label class="choice">{}<span class="choice__text">{}</span></label>',
        (
            (
                option.tag(wrap_label=False) if hasattr(option, "wrap_label") else option.tag(),
                option.choice_label,
            )
            for option in bound.subwidgets
        ),
    )
    return format_html(
        '<fieldset class="field field--choices{}"{}><legend class="field__label">{}</legend>{}'
        '<div class="choices">{}</div>{}</fieldset>',
        wrong_mark(bound),
        described(bound),
        bound.label,
        hint(bound),
        ticks,
        wrongs(bound),
    )


def tick(bound: BoundField) -> SafeString:
    """One box to tick, its words beside it."""
    return format_html(
        '<div class="field field--tick{}"><label class="tick">{}<span class="tick__text">{}</span>'
        "</label>{}{}</div>",
        wrong_mark(bound),
        bound.as_widget(),
        bound.label,
        hint(bound),
        wrongs(bound),
    )


def form_errors(form: Form) -> SafeString:
    """What is wrong with the form as a whole; nothing when nothing is."""
    sentences = form.non_field_errors()
    if not sentences:
        return mark_safe("")
    return format_html(
        '<div class="notice notice--bad" role="alert">{}<div class="notice__text">{}</div></div>',
        icon("circle-alert"),
        format_html_join("", "<p>{}</p>", ((sentence,) for sentence in sentences)),
    )


def label(bound: BoundField) -> SafeString:
    optional = ""
    if not bound.field.required and wants_mark(bound.field.widget):
        optional = format_html(' <span class="field__optional">{}</span>', gettext("optional"))
    return format_html(
        '<label class="field__label" for="{}">{}{}</label>',
        bound.id_for_label,
        bound.label,
        optional,
    )


def wants_mark(widget: Any) -> bool:
    """Only what is typed is marked; a search box is optional by being one."""
    typed = isinstance(widget, TextInput | Textarea)
    return typed and getattr(widget, "input_type", "text") != "search"


def hint(bound: BoundField) -> SafeString:
    if not bound.help_text:
        return mark_safe("")
    return format_html(
        '<p class="field__help" id="{}_helptext">{}</p>', bound.auto_id, bound.help_text
    )


def wrongs(bound: BoundField) -> SafeString:
    if not bound.errors:
        return mark_safe("")
    return format_html(
        '<p class="field__wrong" id="{}_error">{}{}</p>',
        bound.auto_id,
        icon("circle-alert"),
        " ".join(str(sentence) for sentence in bound.errors),
    )


def wrong_mark(bound: BoundField) -> str:
    return " field--wrong" if bound.errors else ""


def described(bound: BoundField) -> SafeString:
    ids = bound.aria_describedby
    return format_html(' aria-describedby="{}"', ids) if ids else mark_safe("")


def growing(widget: Any) -> dict[str, str | bool]:
    return {"data-grow": ""} if isinstance(widget, Textarea) else {}
