// <a data-earlier>, <a data-later>: the page behind the link is sewn on as it comes into sight.

const AHEAD = "800px 0px";

/**
 * @param {HTMLElement} room @param {"earlier" | "later"} way
 * @param {(lines: Element[]) => void} sew @param {() => void} [done] when there is no more
 */
export function pageOn(room, way, sew, done) {
  const link = /** @type {HTMLAnchorElement | null} */ (room.querySelector(`[data-${way}]`));
  if (!link) return done?.();
  let busy = false;
  const watch = new IntersectionObserver(
    ([seen]) => {
      if (seen.isIntersecting) void load();
    },
    { rootMargin: AHEAD },
  );
  watch.observe(link);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    void load();
  });

  async function load() {
    if (busy || !link?.isConnected) return;
    busy = true;
    link.setAttribute("aria-busy", "true");
    try {
      // It was fetched ahead: what nobody has looked at is not read.
      const answer = await fetch(link.href, { headers: { Purpose: "prefetch" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector(`[data-${way}]`);
      if (next) link.href = /** @type {HTMLAnchorElement} */ (next).getAttribute("href") ?? "";
      const begin = page.querySelector(".chat-begin");
      if (!next && way === "earlier" && begin) link.closest(".chat-more")?.before(begin);
      if (!next) link.closest(".chat-more")?.remove();
      sew([...page.querySelectorAll("[data-lines] > .chat-line")]);
      if (!next) done?.();
    } catch {
      link.addEventListener("click", () => location.assign(link.href), { once: true });
    }
    link.removeAttribute("aria-busy");
    busy = false;
    // Still in sight: the observer speaks up once more.
    watch.unobserve(link);
    if (link.isConnected) watch.observe(link);
  }
}
