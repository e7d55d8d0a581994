// What the keyboard does on every page of somebody who is signed in; `/account/keys/` tells it.
//
// Single keys work only where <body data-single-keys> says so: whoever dictates, or hits keys by
// chance, turns them off. Nothing here is heard while somebody writes, composes a sign, or holds
// a key that makes it another one.

import { go, move, reply } from "./going.js";

const IN_WORDS =
  "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], [role=textbox]";
const PATIENCE = 1_500;

/** @type {Record<string, () => unknown>} */
const SINGLE = {
  "?": async () => (await import("./telling.js")).tell(),
  "/": () => seek(),
  j: () => move(1),
  k: () => move(-1),
  r: () => reply(),
};

/** Only these may be repeated by holding the key. */
const STEPS = ["j", "k"];

/** When the `g` was pressed whose second key is waited for. */
let going = Number.NEGATIVE_INFINITY;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  if (isPalette(event)) return hear(event, palette);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.repeat && !STEPS.includes(event.key)) return;
  const at = /** @type {Element} */ (event.target);
  if (document.body.dataset.singleKeys !== "on") return;
  if (at.closest(IN_WORDS) || document.querySelector("dialog[open]")) return;
  const late = event.timeStamp - going > PATIENCE;
  going = Number.NEGATIVE_INFINITY;
  if (!late) return go(event.key, () => event.preventDefault());
  if (event.key === "g") going = event.timeStamp;
  const act = SINGLE[event.key];
  if (act) hear(event, act);
});

/** @param {KeyboardEvent} event */
function isPalette(event) {
  const held = event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey;
  return held && event.key.toLowerCase() === "k";
}

/** @param {KeyboardEvent} event @param {() => unknown} act */
function hear(event, act) {
  event.preventDefault();
  void act();
}

async function palette() {
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector("#find #q"));
  if (box) return onto(box);
  (await import("./palette.js")).open();
}

/** The box of the page, the one of its frame, or the palette. */
function seek() {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (
    document.querySelectorAll("#q, input[data-seek]")
  );
  const seen = [...boxes].find((one) => one.checkVisibility());
  if (seen) onto(seen);
  else void palette();
}

/** @param {HTMLInputElement} box */
function onto(box) {
  box.focus();
  box.select();
}

// The choice counts at once, on the page and over any other.
document.addEventListener("change", async (event) => {
  const form = /** @type {Element} */ (event.target).closest("form[data-keys-form]");
  if (!(form instanceof HTMLFormElement)) return;
  const body = new URLSearchParams([...new FormData(form)].map(([name, to]) => [name, String(to)]));
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(
    () => null,
  );
  if (answer?.type !== "opaqueredirect") return form.requestSubmit();
  if (body.get("single") === "on") document.body.dataset.singleKeys = "on";
  else delete document.body.dataset.singleKeys;
  const said = form.querySelector("[data-kept]");
  if (said) said.textContent = said.getAttribute("data-kept");
});
