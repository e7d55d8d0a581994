// To another page, to the next thing on this one, and to the words that answer it.

const ROWS = [
  ".talk-post > .post",
  ".chat-line > .bubble",
  ".topic-row",
  ".pinned",
  ".news__one",
  ".alert-row",
  ".found__row",
  ".found__post",
  "[data-row]",
  "main a[rel=next]",
  "main a[rel=prev]",
].join();

/** @type {Record<string, string>} */
const PLACES = {
  h: "/",
  t: "/talk/",
  d: "/find/",
  n: "/new/",
  a: "/alerts/",
  m: "/me/",
  s: "/search/",
};

/** @type {Record<string, string>} */
const WITHIN = { c: "", r: "rooms/", e: "gatherings/", p: "members/" };

/** @param {string} key @param {() => void} heard */
export function go(key, heard) {
  const place = PLACES[key] ?? within(key);
  if (!place) return;
  heard();
  location.assign(place);
}

/** A part of the community that this page belongs to, if there is such a part. @param {string} key */
function within(key) {
  const home = document.body.dataset.here;
  if (!home || !(key in WITHIN)) return null;
  const path = home + WITHIN[key];
  const tabs = [...document.querySelectorAll(".tabs a")];
  return key === "c" || tabs.some((tab) => tab.getAttribute("href") === path) ? path : null;
}

/** @param {1 | -1} by */
export function move(by) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(ROWS)]).filter((row) =>
    row.checkVisibility(),
  );
  const now = rows.indexOf(/** @type {HTMLElement} */ (current()));
  const next = now < 0 ? inSight(rows, by) : rows[now + by];
  if (next) stand(next);
}

function current() {
  const row = document.activeElement?.closest(`${ROWS}, .talk-post, .chat-line`);
  return row?.matches(ROWS) ? row : (row?.querySelector(ROWS) ?? null);
}

/** Whoever has scrolled goes on from where they look. @param {HTMLElement[]} rows @param {1 | -1} by */
function inSight(rows, by) {
  const [top, bottom] = edges();
  const seen = rows.filter((row) => {
    const box = row.getBoundingClientRect();
    return box.bottom > top && box.top < bottom;
  });
  if (by < 0) return seen[0] ?? rows.findLast((row) => row.getBoundingClientRect().top < top);
  return rows.find((row) => row.getBoundingClientRect().top >= top) ?? seen[0];
}

/** What the bars leave free, as the page's own scrolling knows it. */
function edges() {
  const style = getComputedStyle(document.documentElement);
  const before = Number.parseFloat(style.scrollPaddingBlockStart) || 0;
  const behind = Number.parseFloat(style.scrollPaddingBlockEnd) || 0;
  return [before, innerHeight - behind];
}

/** @param {HTMLElement} row */
function stand(row) {
  const way = row.matches("a[href]") ? row : row.querySelector(":is(h2, h3) a[href], a[href]");
  const whole = row.matches(".post, .bubble");
  const aim = /** @type {HTMLElement} */ (whole || !way ? row : way);
  if (aim === row && !row.hasAttribute("tabindex") && !row.matches("a")) row.tabIndex = -1;
  const [top, bottom] = edges();
  aim.focus({ preventScroll: true });
  const tall = row.getBoundingClientRect().height > bottom - top;
  row.scrollIntoView({ block: tall ? "start" : "nearest" });
}

/** Answers what one stands on; else the conversation. */
export function reply() {
  const item = current()?.closest(".talk-post, .chat-line");
  const way = /** @type {HTMLElement | null} */ (
    item?.querySelector("a[href*='?reply='], [data-reply]") ?? null
  );
  if (way) return way.click();
  const words = /** @type {HTMLElement | null} */ (
    document.querySelector(".composer textarea:not([hidden])")
  );
  words?.focus();
}
