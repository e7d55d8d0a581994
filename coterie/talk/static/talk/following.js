// A topic that is open goes on by itself: what others say appears, what changes changes.

import { follow } from "./conversation.js";
import { paintMine } from "./mine.js";
import { carryPoll, fetchPoll } from "./polls.js";

const READ_AFTER = 1_000;

const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-follow]"));
if (list) begin(list);

/** @param {HTMLElement} list */
function begin(list) {
  const { follow: path = "", topic = "", own, at = "" } = list.dataset;
  const around = /** @type {HTMLTemplateElement} */ (document.getElementById("talk-around"));
  const seam = /** @type {HTMLTemplateElement} */ (document.getElementById("talk-seam"));
  const newer = /** @type {HTMLElement} */ (document.querySelector(".talk-newer"));
  const jump = /** @type {HTMLAnchorElement} */ (newer.querySelector("a"));
  const heard = document.getElementById("talk-heard");

  const here = follow({
    topic,
    own,
    path,
    at: at.split(" ").map(Number),
    show: (posts, waiting) => {
      for (const post of posts) place(post);
      if (waiting) drop(waiting);
    },
    lost: () => location.reload(),
  });

  /** @param {import("./conversation.js").Shown} post */
  function place(post) {
    const box = document.createElement("template");
    box.innerHTML = post.html.trim();
    const article = /** @type {HTMLElement} */ (box.content.firstElementChild);
    const old = document.getElementById(article.id);
    if (old) {
      const item = /** @type {HTMLElement} */ (old.closest("li"));
      carryPoll(old, article);
      old.replaceWith(article);
      if (post.mine) item.dataset.mine = post.mine.join(" ");
      dress(item, article);
      if (!old.dataset.seq && article.dataset.seq) settle(item, post);
      return;
    }
    if (!("atEnd" in list.dataset)) {
      if (post.seq !== null) offer(`${path}?at=${post.id}#p-${post.id}`);
      return;
    }
    // What changed on another page of it is not shown on this one.
    if (post.seq !== null && post.seq <= first()) return;
    const item = /** @type {HTMLElement} */ (
      /** @type {DocumentFragment} */ (around.content.cloneNode(true)).firstElementChild
    );
    item.prepend(article);
    if (post.mine) item.dataset.mine = post.mine.join(" ");
    dress(item, article);
    settle(item, post);
    if (own) fetchPoll(article);
    if (document.visibilityState === "hidden" && !post.own) mark(item);
    if (!post.own) offerBelow(item, article);
    if (!post.own && heard) heard.textContent = heard.dataset.words ?? "";
    soonRead();
  }

  /** A way to what is not in sight. @param {string} href */
  function offer(href) {
    if (!newer.hidden) return;
    jump.href = href;
    newer.hidden = false;
  }

  /** Until somebody has seen it. @param {HTMLElement} item @param {HTMLElement} article */
  function offerBelow(item, article) {
    const seen = new IntersectionObserver(([there]) => {
      if (!there.isIntersecting) return offer(`#${article.id}`);
      newer.hidden = true;
      seen.disconnect();
    });
    seen.observe(item);
  }

  /** Puts it behind all that was said before it. @param {HTMLElement} item @param {import("./conversation.js").Shown} post */
  function settle(item, post) {
    const place = post.seq ?? post.after + 0.5;
    const later = [...list.querySelectorAll(":scope > li:has(> .post)")].find(
      (other) => other !== item && seqOf(other) > place,
    );
    list.insertBefore(item, later ?? null);
    document.dispatchEvent(new CustomEvent("times:new"));
  }

  /** Controls name their post; what was taken back has none. @param {HTMLElement} item @param {HTMLElement} article */
  function dress(item, article) {
    const id = article.id.slice(2);
    if (article.classList.contains("post--gone")) {
      for (const control of item.querySelectorAll(".talk-controls, .talk-more")) control.remove();
    }
    for (const link of item.querySelectorAll("a[data-to]"))
      link.setAttribute("href", `/p/${id}/${link.getAttribute("data-to")}`);
    for (const link of item.querySelectorAll("a[data-answer]"))
      link.setAttribute("href", `${link.getAttribute("data-answer")}${id}#say`);
    paintMine(item);
  }

  /** What waited and waits no more, without having come out, is gone. @param {string[]} waiting */
  function drop(waiting) {
    for (const post of list.querySelectorAll(".post:not([data-seq])")) {
      if (!waiting.includes(post.id.slice(2))) post.closest("li")?.remove();
    }
  }

  /** The seam stands before the first post that nobody was there to see. @param {HTMLElement} item */
  function mark(item) {
    if (list.querySelector(".seam")) return;
    list.insertBefore(seam.content.cloneNode(true), item);
  }

  /** @param {Element} item */
  function seqOf(item) {
    const seq = item.querySelector(".post")?.getAttribute("data-seq");
    return seq ? Number(seq) : Number.NEGATIVE_INFINITY;
  }

  function first() {
    return Number(list.querySelector(".post[data-seq]")?.getAttribute("data-seq") ?? 0);
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let reader;
  const token = /** @type {HTMLInputElement | null} */ (
    document.querySelector("input[name=csrfmiddlewaretoken]")
  );

  /** Read is what stood before somebody's eyes for a second. */
  function soonRead() {
    if (!own || !token || document.visibilityState !== "visible") return;
    clearTimeout(reader);
    reader = setTimeout(async () => {
      const [epoch, seq] = here.cursor();
      const body = new URLSearchParams({ epoch: String(epoch), seq: String(seq) });
      const headers = { "X-CSRFToken": /** @type {HTMLInputElement} */ (token).value };
      await fetch(`${path}reading/`, { method: "POST", body, headers }).catch(() => null);
    }, READ_AFTER);
  }
  document.addEventListener("visibilitychange", soonRead);
}
