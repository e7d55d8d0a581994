// The lines of a room, in the order of their numbers: drawn together where one mouth goes on,
// with a seam where a day begins. What is not sent yet stands below all that is.

import { paintMine } from "../talk/mine.js";
import { carryPoll, fetchPoll } from "../talk/polls.js";

const TOGETHER = 5 * 60_000;
const DAY = 24 * 60 * 60_000;
const MOST = 300;
const KEPT = 200;

const lang = document.documentElement.lang;
const language = lang === "en" ? "en-GB" : lang;
const clock = new Intl.DateTimeFormat(language, { timeStyle: "short" });
const full = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" });
const dayOf = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
const nearby = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

/** @typedef {import("../talk/conversation.js").Shown} Shown */

export class Log {
  /** @param {HTMLElement} room */
  constructor(room) {
    this.list = /** @type {HTMLElement} */ (room.querySelector("[data-lines]"));
    this.me = room.dataset.me ?? "";
    this.arrange();
  }

  get lines() {
    return /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll(":scope > .chat-line")]);
  }

  /** @param {string} id */
  lineOf(id) {
    return /** @type {HTMLElement | null} */ (
      document.getElementById(`p-${id}`)?.closest(".chat-line") ?? null
    );
  }

  /** The highest and the lowest number that stand here. */
  get numbers() {
    const all = this.lines.map(seqOf).filter(Number.isFinite);
    return { first: all[0] ?? 0, last: all.at(-1) ?? 0 };
  }

  /** A new line, or an old one as it is now. @param {Shown} post @param {HTMLElement} [line] */
  show(post, line = this.lineOf(post.id) ?? document.createElement("li")) {
    const box = document.createElement("template");
    box.innerHTML = post.html.trim();
    const article = /** @type {HTMLElement} */ (box.content.firstElementChild);
    const before = line.querySelector(":scope > .bubble");
    if (before) {
      carryPoll(before, article);
      before.replaceWith(article);
    } else {
      line.prepend(article);
      if (this.me) fetchPoll(article);
    }
    const own = post.own ?? article.dataset.by === this.me;
    line.classList.add("chat-line");
    if (own && this.me) line.classList.add("is-own");
    if (post.mine) line.dataset.mine = post.mine.join(" ");
    line.dataset.place = String(post.seq ?? (post.after ?? this.numbers.last) + 0.5);
    paintMine(line);
    const left = this.below(line);
    this.settle(line);
    for (const each of new Set([line, this.below(line), left])) this.join(each);
    return line;
  }

  /** Behind all that was said before it. @param {HTMLElement} line */
  settle(line) {
    const place = placeOf(line);
    const earlier = this.lines.findLast((other) => other !== line && placeOf(other) <= place);
    const next = earlier ? earlier.nextElementSibling : this.list.firstElementChild;
    if (next !== line) this.list.insertBefore(line, next);
  }

  /** Says again what follows what, from the first line to the last. */
  arrange() {
    for (const line of this.lines) this.join(line);
  }

  /** What this line is to the one above it: a new day, or the same mouth going on. @param {HTMLElement | null} line */
  join(line) {
    if (!line) return;
    const above = this.above(line);
    const { by, at } = wordsOf(line);
    const before = above && wordsOf(above);
    const newDay = !before || midnight(before.at) !== midnight(at);
    if (newDay) this.beginDay(line, at);
    const same = before && !newDay && by && by === before.by && at - before.at < TOGETHER;
    const seam = line.previousElementSibling?.classList.contains("seam");
    const side = above?.classList.contains("is-own") === line.classList.contains("is-own");
    line.classList.toggle("is-same", Boolean(same && !seam && side));
    for (const time of line.querySelectorAll("time[data-clock]")) tell(time);
  }

  /** The line above; no day begins between them until that is said again. @param {HTMLElement} line */
  above(line) {
    let each = line.previousElementSibling;
    while (each && !each.classList.contains("chat-line")) {
      const earlier = each.previousElementSibling;
      if (each.classList.contains("chat-day")) each.remove();
      each = earlier;
    }
    return /** @type {HTMLElement | null} */ (each);
  }

  /** @param {Element | null} line */
  below(line) {
    let each = line?.nextElementSibling ?? null;
    while (each && !each.classList.contains("chat-line")) each = each.nextElementSibling;
    return /** @type {HTMLElement | null} */ (each);
  }

  /** @param {HTMLElement} line @param {number} at */
  beginDay(line, at) {
    const item = document.createElement("li");
    const time = document.createElement("time");
    item.className = "chat-day";
    time.dateTime = new Date(at).toISOString();
    const ago = Math.round((midnight(at) - midnight(Date.now())) / DAY);
    const word = ago > -2 ? nearby.format(ago, "day") : dayOf.format(at);
    time.textContent = word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
    item.append(time);
    const seam = line.previousElementSibling;
    this.list.insertBefore(item, seam?.classList.contains("seam") ? seam : line);
  }

  /** It is gone, and what stood below follows what stood above. @param {HTMLElement} line */
  drop(line) {
    const below = this.below(line);
    line.remove();
    this.join(below);
  }

  /** A room that stays open all day does not grow for ever. @returns {string} the first post left */
  trim() {
    const lines = this.lines;
    if (lines.length <= MOST) return "";
    const first = lines[lines.length - KEPT];
    while (this.list.firstElementChild !== first) this.list.firstElementChild?.remove();
    this.arrange();
    return first.querySelector(".bubble")?.id.slice(2) ?? "";
  }
}

/** @param {HTMLElement} line */
export function seqOf(line) {
  return Number(bubble(line)?.dataset.seq ?? Number.NaN);
}

/** @param {HTMLElement} line */
function placeOf(line) {
  if (line.classList.contains("is-unsent")) return Number.POSITIVE_INFINITY;
  const seq = seqOf(line);
  return Number.isFinite(seq) ? seq : Number(line.dataset.place ?? -1);
}

/** @param {HTMLElement} line */
function wordsOf(line) {
  const { by, at } = bubble(line)?.dataset ?? {};
  return { by: by ?? "", at: new Date(at ?? 0).getTime() };
}

/** @param {HTMLElement} line */
function bubble(line) {
  return /** @type {HTMLElement | null} */ (line.querySelector(":scope > .bubble"));
}

/** @param {Element} time */
function tell(time) {
  const at = new Date(/** @type {HTMLTimeElement} */ (time).dateTime);
  time.textContent = clock.format(at);
  time.setAttribute("title", full.format(at));
}

/** @param {number} at */
function midnight(at) {
  return new Date(at).setHours(0, 0, 0, 0);
}
