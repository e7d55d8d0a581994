// Where somebody reads stays where it is, whatever comes above or below; who reads the newest
// words goes on reading the newest.

const NEAR = 100;

/** @typedef {import("./log.js").Log} Log */

export class Scrolling {
  /** @param {HTMLElement} room @param {Log} log */
  constructor(room, log) {
    this.log = log;
    this.pill = /** @type {HTMLElement | null} */ (room.querySelector("[data-newest]"));
    this.unseen = 0;
    this.begin();
    this.stuck = this.isAtEnd();
    addEventListener("scroll", () => this.moved(), { passive: true });
    new ResizeObserver(() => this.stuck && this.toEnd()).observe(log.list);
    visualViewport?.addEventListener("resize", () => {
      const hidden = innerHeight - (visualViewport?.height ?? innerHeight);
      document.documentElement.style.setProperty("--keyboard", `${Math.max(0, hidden)}px`);
      if (this.stuck) this.toEnd();
    });
    this.pill?.addEventListener("click", (event) => {
      if (room.querySelector("[data-later]")) return; // The newest stand on another page.
      event.preventDefault();
      this.toEnd();
      this.log.list.parentElement?.focus({ preventScroll: true });
    });
    this.moved();
  }

  /** On the first visit the seam, or the newest; after Back the browser knows better. */
  begin() {
    const [how] = /** @type {PerformanceNavigationTiming[]} */ (
      performance.getEntriesByType("navigation")
    );
    if (how?.type === "back_forward" || (location.hash && location.hash !== "#now")) return;
    const seam = this.log.list.querySelector(".chat-seam");
    const asked = new URLSearchParams(location.search);
    if (seam && !asked.has("newest")) seam.scrollIntoView({ block: "center" });
    else if (!asked.has("at")) this.toEnd();
  }

  isAtEnd() {
    const { scrollHeight } = document.documentElement;
    return scrollHeight - (scrollY + innerHeight) < NEAR;
  }

  toEnd() {
    scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
    this.stuck = true;
  }

  moved() {
    this.stuck = this.isAtEnd();
    if (this.stuck) this.unseen = 0;
    if (!this.pill) return;
    const elsewhere = document.querySelector("[data-later]") !== null;
    this.pill.hidden = this.stuck && !elsewhere;
    const count = /** @type {HTMLElement} */ (this.pill.querySelector("[data-count]"));
    count.textContent = this.unseen ? String(this.unseen) : "";
  }

  /** What changes below: who stands at the end goes along. @param {() => void} change */
  follow(change, isNews = false) {
    const { stuck } = this;
    change();
    if (stuck) this.toEnd();
    else if (isNews) this.unseen += 1;
    this.moved();
  }

  /** What changes above: the line in sight stays in its place. @param {() => void} change */
  hold(change) {
    const line = this.log.lines.find((each) => each.getBoundingClientRect().bottom > 80);
    const before = line?.getBoundingClientRect().top ?? 0;
    change();
    if (line) scrollBy({ top: line.getBoundingClientRect().top - before, behavior: "instant" });
  }

  /** The highest number that somebody has before their eyes. */
  inSight() {
    const seen = this.log.lines.findLast((line) => {
      const { top } = line.getBoundingClientRect();
      return top < innerHeight - NEAR && line.querySelector("[data-seq]");
    });
    return Number(seen?.querySelector("[data-seq]")?.getAttribute("data-seq") ?? 0);
  }
}
