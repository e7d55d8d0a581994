// A room that is open: what others say appears, what one says stands there at once, and whoever
// scrolls back finds what was said before.

import { follow } from "../talk/conversation.js";
import { bars } from "./bar.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { pageOn } from "./paging.js";
import { Scrolling } from "./scrolling.js";

const READ_AFTER = 1_000;

const found = /** @type {HTMLElement | null} */ (document.querySelector("[data-room]"));
if (found) open(found);

/** @param {HTMLElement} room */
function open(room) {
  const { doors = "", room: id = "", at = "", own } = room.dataset;
  const log = new Log(room);
  const scrolling = new Scrolling(room, log);
  const composer = room.querySelector(".composer") ? new Composer(room, log, scrolling) : null;
  const seam = /** @type {HTMLTemplateElement} */ (room.querySelector("template[data-seam]"));
  let away = false;
  let read = 0;
  bars(room, composer);

  pageOn(room, "earlier", (lines) => {
    scrolling.hold(() => {
      log.list.prepend(...lines);
      log.arrange();
    });
  });
  pageOn(
    room,
    "later",
    (lines) => {
      const firstUnsent = log.lines.find((line) => line.classList.contains("is-unsent"));
      for (const line of lines) log.list.insertBefore(line, firstUnsent ?? null);
      log.arrange();
      scrolling.moved();
    },
    listen,
  );

  /** Only where the newest stand: else what comes would stand beside what is missing. */
  function listen() {
    const [epoch, seq, rev] = at.split(" ").map(Number);
    const known = room.querySelector("[data-later]") ? seq : Math.max(seq, log.numbers.last);
    follow({
      topic: `conversation/${id}`,
      own,
      path: doors,
      at: [epoch, known, rev],
      show: (posts, waiting) => {
        for (const post of posts) place(post);
        if (waiting) drop(waiting);
        soonRead();
      },
      lost: () => location.reload(),
    });
  }

  /** @param {import("../talk/conversation.js").Shown} post */
  function place(post) {
    if (composer?.parks(post)) return;
    const isNew = !log.lineOf(post.id);
    // What changed above all that stands here is found on the way up.
    if (isNew && post.seq !== null && post.seq < log.numbers.first) return;
    scrolling.follow(() => {
      const line = log.show(post);
      if (isNew && !line.classList.contains("is-own")) mark(line);
    }, isNew);
    if (scrolling.stuck) keepSmall();
  }

  /** The seam stands before the first words that nobody was there to see. @param {Element} line */
  function mark(line) {
    if (!isAway() || away) return;
    away = true;
    log.list.querySelector(".chat-seam")?.remove();
    log.list.insertBefore(seam.content.cloneNode(true), line);
    log.join(/** @type {HTMLElement} */ (line));
  }

  function isAway() {
    return document.visibilityState === "hidden" || !document.hasFocus();
  }

  /** What waited and waits no more, without having come out, is gone. @param {string[]} waiting */
  function drop(waiting) {
    for (const line of log.lines) {
      const bubble = line.querySelector(".bubble:not([data-seq])[id]");
      if (bubble && !waiting.includes(bubble.id.slice(2))) log.drop(line);
    }
  }

  function keepSmall() {
    const first = log.trim();
    const link = room.querySelector("[data-earlier]");
    if (first) link?.setAttribute("href", `${room.dataset.path}?before=${first}`);
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let reader;

  /** Read is what stood before somebody's eyes for a second. */
  function soonRead() {
    clearTimeout(reader);
    if (composer && !isAway()) reader = setTimeout(noteReading, READ_AFTER);
  }

  async function noteReading() {
    const seq = scrolling.inSight();
    if (isAway() || seq <= read || !composer) return;
    read = seq;
    const body = new URLSearchParams({ epoch: at.split(" ")[0], seq: String(seq) });
    const headers = { "X-CSRFToken": composer.value("csrfmiddlewaretoken") };
    await fetch(`${doors}reading/`, { method: "POST", body, headers }).catch(() => null);
  }

  addEventListener("scroll", soonRead, { passive: true });
  addEventListener("focus", () => {
    away = false;
    soonRead();
  });
  document.addEventListener("visibilitychange", soonRead);
}
