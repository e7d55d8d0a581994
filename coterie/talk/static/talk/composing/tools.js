// <form data-compose="/c/…/">: beside its box stands what helps to write. A toolbar, a preview of
// what the server would make of the words, and choices for what begins with @, # or a colon.

import { Completing } from "./completing.js";
import { Preview } from "./previewing.js";
import { begin, code, link, wrap } from "./writing.js";

/** @typedef {import("./writing.js").Box} Box */

/** @type {Record<string, (box: Box) => void>} */
const MARKS = {
  bold: (box) => wrap(box, "**"),
  italic: (box) => wrap(box, "_"),
  spoiler: (box) => wrap(box, "||"),
  quote: (box) => begin(box, "> "),
  list: (box) => begin(box, "- "),
  code,
  link,
};
/** What the toolbar opens: parts of the form that stand closed. @type {Record<string, string>} */
const PARTS = { photo: ".tray__plain", poll: ".asking:not(.noting)", note: ".noting" };
const KEYS = /** @type {Record<string, string>} */ ({ b: "bold", i: "italic", k: "link" });

for (const form of document.querySelectorAll("form[data-compose]"))
  setUp(/** @type {HTMLFormElement} */ (form));

/** @param {HTMLFormElement} form */
function setUp(form) {
  const box = /** @type {Box | null} */ (form.querySelector("textarea[name=source]"));
  const made = /** @type {HTMLTemplateElement | null} */ (form.querySelector("[data-tools]"));
  if (!(box && made)) return;
  const parts = /** @type {DocumentFragment} */ (made.content.cloneNode(true));
  /** @param {string} what @returns {HTMLElement} */
  const part = (what) => /** @type {HTMLElement} */ (parts.querySelector(what));
  const [bar, place] = [part(".tools"), part(".preview")];
  const [list, told] = [part("[role=listbox]"), part("[role=status]")];
  for (const name of Object.keys(PARTS)) if (!standsIn(form, name)) tool(bar, name)?.remove();
  bar.setAttribute("aria-controls", box.id);
  if (form.matches(".composer")) comeAndGo(form, box, bar);
  else box.before(bar);
  box.after(told);
  box.after(list);
  box.parentElement?.append(place);
  const preview = new Preview(form, box, place, tool(bar, "preview"));
  new Completing(form, box, list, told, made.dataset.emoji ?? "");
  rove(bar);
  // The focus stays in the box, and with it the keyboard of a phone.
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const name = /** @type {Element} */ (event.target).closest("button")?.dataset.tool ?? "";
    if (name === "preview" || name === "write") preview.toggle();
    else if (name in PARTS) openPart(form, PARTS[name]);
    else MARKS[name]?.(box);
  });
  box.addEventListener("keydown", (event) => {
    const name = KEYS[event.key.toLowerCase()];
    const held = event.ctrlKey !== event.metaKey && !event.altKey && !event.shiftKey;
    if (!name || !held || event.isComposing) return;
    event.preventDefault();
    // In the box these keys are ours, whatever they do on the page.
    event.stopPropagation();
    MARKS[name](box);
  });
}

/**
 * In a composer they stand there while somebody writes: not because a button was pressed, which
 * would slip away under the finger.
 * @param {HTMLFormElement} form @param {Box} box @param {HTMLElement} bar
 */
function comeAndGo(form, box, bar) {
  box.parentElement?.after(bar);
  const write = () => form.classList.add("is-writing");
  if (document.activeElement === box) write();
  for (const each of [box, bar]) each.addEventListener("focusin", write);
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (!form.contains(/** @type {Node | null} */ (relatedTarget)))
      form.classList.remove("is-writing");
  });
}

/** @param {HTMLElement} bar @param {string} name */
function tool(bar, name) {
  return /** @type {HTMLButtonElement | null} */ (bar.querySelector(`[data-tool=${name}]`));
}

/** Whether the toolbar opens it: in a composer the photos have a button of their own. @param {HTMLFormElement} form @param {string} name */
function standsIn(form, name) {
  return !(name === "photo" && form.matches(".composer")) && !!summaryOf(form, PARTS[name]);
}

/** @param {HTMLFormElement} form @param {string} part @returns {HTMLElement | null} */
function summaryOf(form, part) {
  return form.querySelector(`${part} > summary`);
}

/** Photos are picked at once: nothing is to be seen of their part. @param {HTMLFormElement} form @param {string} part */
function openPart(form, part) {
  summaryOf(form, part)?.click();
  const fields = form.querySelector(`${part}[open]:not(.tray__plain)`);
  /** @type {HTMLElement | null} */ (fields?.querySelector("textarea, input"))?.focus();
}

/** One stop for Tab, and the arrows walk along. @param {HTMLElement} bar */
function rove(bar) {
  const all = [...bar.querySelectorAll("button")];
  all[0].tabIndex = 0;
  bar.addEventListener("focusin", ({ target }) => {
    for (const each of all) each.tabIndex = each === target ? 0 : -1;
  });
  bar.addEventListener("keydown", (event) => {
    const seen = all.filter((each) => each.checkVisibility());
    const at = seen.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const rtl = getComputedStyle(bar).direction === "rtl";
    const ways = /** @type {Record<string, number>} */ ({
      ArrowRight: at + (rtl ? -1 : 1),
      ArrowLeft: at + (rtl ? 1 : -1),
      Home: 0,
      End: seen.length - 1,
    });
    if (!(event.key in ways)) return;
    event.preventDefault();
    seen[(ways[event.key] + seen.length) % seen.length].focus();
  });
}
