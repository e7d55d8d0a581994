// The bar of one bubble: react, answer, more. It follows the pointer, the focus or a tap.

import { answer } from "../talk/answering.js";

/** @param {HTMLElement} room @param {import("./composer.js").Composer | null} composer */
export function bars(room, composer) {
  const made = /** @type {HTMLTemplateElement | null} */ (room.querySelector("template[data-bar]"));
  if (!made) return;
  const bar = /** @type {HTMLElement} */ (made.content.firstElementChild);
  const list = /** @type {HTMLElement} */ (room.querySelector("[data-lines]"));

  /** @param {Event} event */
  function over(event) {
    const line = /** @type {Element} */ (event.target).closest?.(".chat-line:not(.is-unsent)");
    if (line && !bar.parentElement?.isSameNode(line)) show(line);
  }

  /** @param {Element} line */
  function show(line) {
    const bubble = line.querySelector(".bubble[id]:not(.bubble--gone)");
    if (!bubble) return bar.remove();
    const id = bubble.id.slice(2);
    for (const link of bar.querySelectorAll("a[data-to]"))
      link.setAttribute("href", `/p/${id}/${link.getAttribute("data-to")}`);
    for (const button of bar.querySelectorAll("button[data-emoji]")) {
      const mine = (line.getAttribute("data-mine") ?? "").split(" ");
      button.setAttribute(
        "aria-pressed",
        String(mine.includes(button.getAttribute("data-emoji") ?? "")),
      );
    }
    line.append(bar);
  }

  /** @param {Element} button */
  async function react(button) {
    const line = /** @type {HTMLElement} */ (bar.closest(".chat-line"));
    const id = line.querySelector(".bubble")?.id.slice(2);
    const emoji = button.getAttribute("data-emoji") ?? "";
    const mine = (line.dataset.mine ?? "").split(" ").filter(Boolean);
    const taken = mine.includes(emoji);
    line.dataset.mine = (taken ? mine.filter((sign) => sign !== emoji) : [...mine, emoji]).join(
      " ",
    );
    button.setAttribute("aria-pressed", String(!taken));
    const body = new URLSearchParams({ [taken ? "taken" : "emoji"]: emoji });
    const headers = { "X-CSRFToken": composer?.value("csrfmiddlewaretoken") ?? "" };
    // What became of it comes as news, as it does for everybody.
    await fetch(`/p/${id}/reactions/`, { method: "POST", body, headers, redirect: "manual" }).catch(
      () => null,
    );
  }

  list.addEventListener("pointerover", over);
  list.addEventListener("focusin", over);
  list.addEventListener("click", over);
  bar.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest("button");
    if (!button) return;
    const bubble = /** @type {HTMLElement} */ (bar.closest(".chat-line")?.querySelector(".bubble"));
    if (button.hasAttribute("data-emoji")) void react(button);
    else if (composer) {
      answer(composer.form, bubble.id.slice(2), bubble.querySelector(".bubble__name"));
      composer.box.focus();
    }
  });
}
