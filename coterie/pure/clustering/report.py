"""What was found as one page: no script, nothing loaded from elsewhere, and no names of people."""

from __future__ import annotations

from html import escape

from coterie.pure.clustering.finding import CLEAR, Finding, Group

HUES = (45, 145, 345, 255, 85, 195, 15, 315, 115, 225, 285, 165)
STRONGEST = 6
STYLE = """
:root{color-scheme:light dark;--paper:#FBF6EE;--card:#fff;--ink:#2B211B;--ink-2:#5E4F44;
--line:#E3D6C3;--moss:#3F6B4A;--sky:#DDECF4;--sky-ink:#1d4d68;--soft:.938 .03;--deep:.42 .1}
@media(prefers-color-scheme:dark){:root{--paper:#1B1613;--card:#251F1B;--ink:#F6EDE3;
--ink-2:#CFC0B2;--line:#3D332C;--moss:#93C79B;--sky:#1E3442;--sky-ink:#8FC6E4;--soft:.305 .045;
--deep:.83 .09}}*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
font:16px/24px Figtree,system-ui,sans-serif}main{max-inline-size:1072px;margin:0 auto;
padding:32px 16px}h1{font-size:clamp(34px,6vw,52px);line-height:1.08;letter-spacing:-.02em;
margin:24px 0;max-inline-size:14em}h2{font-size:24px;line-height:1.2;margin:24px 0 4px;
letter-spacing:-.015em}h3{font-size:21px;margin:0}p{margin:0 0 8px}.meta{color:var(--ink-2);
font-size:14px}.top,.foot{display:flex;gap:16px;flex-wrap:wrap;justify-content:space-between;
border-block-end:2px dashed var(--line);padding-block-end:12px}.foot{
border-block:2px dashed transparent;border-block-start-color:var(--line);padding-block:12px;
margin-block-start:32px}.quilt{display:flex;flex-wrap:wrap;gap:8px;padding:0;margin:24px 0 8px;
list-style:none}.patch{flex:var(--n) 1 180px;min-block-size:132px;padding:18px 20px;
border-radius:20px 20px 20px 6px;background:oklch(var(--soft) var(--h));
outline:2px dashed oklch(var(--deep) var(--h));outline-offset:-8px;display:flex;
flex-direction:column;justify-content:space-between;overflow-wrap:anywhere}.patch h2,.card h2{
margin-block-start:0}.patch b{color:oklch(var(--deep) var(--h))}.none{background:none;
outline:2px dotted var(--ink-2)}.cards{display:grid;gap:16px;
grid-template-columns:repeat(auto-fill,minmax(min(290px,100%),1fr));margin:12px 0 32px}.card{
background:var(--card);border:1px solid var(--line);border-radius:20px 20px 20px 6px;
padding:20px}.words{display:flex;flex-wrap:wrap;gap:6px;padding:0;margin:12px 0;list-style:none}
.words li{background:oklch(var(--soft) var(--h));border-radius:12px 12px 12px 4px;
padding:2px 10px;font-size:14px}.row{display:flex;justify-content:space-between;font-size:14px;
margin-block-start:8px}.seam{display:flex;gap:4px;margin-block-start:6px}.seam i{flex:1;
block-size:5px;border-radius:3px;background:var(--line)}.seam i.on{
background:oklch(var(--deep) var(--h))}.info{background:var(--sky);color:var(--ink);border:0;
margin-block-start:16px}.scale{position:relative;block-size:5px;border-radius:3px;
background:var(--line);margin:44px 40px 40px}.scale span{position:absolute;
inset-block-start:-26px;translate:-50% 0;font-size:13px;white-space:nowrap}.scale span::after{
content:"";position:absolute;inset-inline-start:50%;inset-block-start:21px;inline-size:14px;
block-size:14px;margin-inline-start:-7px;border-radius:50%;background:var(--ink-2)}
.scale .yours{inset-block-start:18px;font-weight:700}.scale .yours::after{
inset-block-start:-23px;background:var(--moss)}
"""


def page(found: Finding, source: str, day: str) -> str:
    """A whole page of HTML about this finding; `source` is what the files are called."""
    body = _groups(found) if found.clear else _nothing(found)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(_title(found))}</title><style>{STYLE}</style></head><body><main>"
        f'<p class="top meta"><code>coterie find {escape(source)}</code><span>{day}</span></p>'
        f"<h1>{escape(_title(found))}</h1>"
        f"<p>Found among {found.people:,} people in what they said to each other. No names and no "
        f"phone numbers of people are in this file.</p>{body}"
        '<p class="foot meta"><span>One file, no scripts, nothing loaded from elsewhere.</span>'
        "<span>Coterie</span></p></main></body></html>\n"
    )


def _title(found: Finding) -> str:
    if not found.clear:
        return "No clear groups here"
    count = len(found.groups)
    return (
        "One small community was already here"
        if count == 1
        else (f"{count} small communities were already here")
    )


def _groups(found: Finding) -> str:
    quilt = "".join(_patch(group, at) for at, group in enumerate(found.groups))
    alone = (
        '<li class="patch none" style="--n:1"><span><h2>In no group</h2>'
        f"{_people(found.in_none)}</span></li>"
    )
    small = f" {found.too_small} groups under 8 people are not shown." if found.too_small else ""
    sure = sorted(enumerate(found.groups), key=lambda one: -one[1].confidence * len(one[1].people))
    cards = "".join(_card(group, at) for at, group in sure[:STRONGEST])
    return (
        f'<ul class="quilt">{quilt}{alone if found.in_none else ""}</ul>'
        f'<p class="meta">A wider patch means more people. Sizes are rounded.{small}</p>'
        f'<h2>What the strongest ones rest on</h2><div class="cards">{cards}</div>{_chance(found)}'
    )


def _patch(group: Group, at: int) -> str:
    return (
        f'<li class="patch" style="--n:{len(group.people)};--h:{HUES[at % len(HUES)]}"><span>'
        f"<h2>{_name(group, at)}</h2>{_people(len(group.people))}</span>"
        f"<b>{escape(', '.join(group.words[3:7]))}</b></li>"
    )


def _card(group: Group, at: int) -> str:
    words = "".join(f"<li>{escape(word)}</li>" for word in group.words[:8])
    core = len(group.core)
    return (
        f'<section class="card" style="--h:{HUES[at % len(HUES)]}"><h3>{_name(group, at)}</h3>'
        f'{_people(len(group.people))}<ul class="words">{words}</ul>'
        f"{_seam('Talk inside the group', group.inside_share)}"
        f"{_seam('Came back when we tried again', group.confidence)}"
        f'<p class="meta row">{core} people hold it together.</p></section>'
    )


def _seam(what: str, share: float) -> str:
    full = round(10 * share)
    steps = "".join(f"<i{' class=on' if step < full else ''}></i>" for step in range(10))
    return (
        f'<p class="row"><span>{what}</span><b>{full} of 10</b></p>'
        f'<div class="seam" aria-hidden="true">{steps}</div>'
    )


def _chance(found: Finding) -> str:
    marks = [("", f"chance {found.by_chance:.2f}", found.by_chance), ("", "limit", CLEAR)]
    marks.append((" class=yours", f"yours {found.agreement:.2f}", found.agreement))
    shown = "".join(
        f'<span{kind} style="inset-inline-start:{100 * min(max(at, 0), 1):.0f}%">{word}</span>'
        for kind, word, at in marks
    )
    return (
        '<section class="card"><h2>Could this be chance?</h2><p>We dealt the links anew among the '
        "same people and looked again. Chance hardly agrees with itself; your people do.</p>"
        f'<div class="scale">{shown}</div></section>'
        '<section class="card info"><h3>When there are no clear groups, we say so</h3><p>Under '
        f"{CLEAR:.2f} this page stops after one sentence. Nobody needs to be sorted.</p></section>"
    )


def _nothing(found: Finding) -> str:
    return (
        '<section class="card info"><p>There are no clear groups here, and that is a finding too. '
        "Asked several times, we get other groups each time, or none of at least 8 people.</p>"
        "</section>"
    )


def _name(group: Group, at: int) -> str:
    return escape(", ".join(group.words[:3]).capitalize() or f"Group {at + 1}")


def _people(count: int) -> str:
    near = count if count < 10 else round(count / 5) * 5 if count < 100 else round(count, -1)
    return f'<p class="meta">about {near:,} people</p>'
