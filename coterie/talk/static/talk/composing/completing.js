// What begins with @, # or a colon in a box may be completed from a list: the arrows walk through
// it while the focus stays in the box, Enter or Tab take one, Escape lets it be; or a tap.

import { lineOf } from "./caret.js";
import { ways } from "./offers.js";
import { put } from "./writing.js";

const PAUSE = 90;
const TOLD_AFTER = 400;

/** @typedef {{ start: number, typed: string, way: import("./offers.js").Way }} Begun */

export class Completing {
  /**
   * @param {HTMLFormElement} form @param {HTMLTextAreaElement} box @param {HTMLElement} list
   * @param {HTMLElement} told @param {string} emoji where the names of emoji lie
   */
  constructor(form, box, list, told, emoji) {
    this.box = box;
    this.list = list;
    this.told = told;
    this.ways = ways(form, emoji);
    this.isPinned = form.matches(".composer");
    this.timer = 0;
    this.telling = 0;
    this.asked = 0;
    /** @type {Begun | null} */
    this.begun = null;
    this.letBe = -1;
    list.id = `${box.id}-choices`;
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-haspopup", "listbox");
    box.setAttribute("aria-controls", list.id);
    box.addEventListener("input", () => this.look());
    box.addEventListener("blur", () => this.close());
    box.addEventListener("click", () => this.close());
    // Before whoever would send the words with the same key.
    box.addEventListener("keydown", (event) => this.pressed(event), { capture: true });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", ({ target }) => {
      const one = /** @type {Element} */ (target).closest("[role=option]");
      if (one) this.take(/** @type {HTMLElement} */ (one));
    });
  }

  get options() {
    return /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("[role=option]")]);
  }

  get chosen() {
    return this.options.find((one) => one.getAttribute("aria-selected") === "true");
  }

  look() {
    clearTimeout(this.timer);
    const begun = this.find();
    if (!begun || begun.start === this.letBe) return this.close();
    this.begun = begun;
    this.timer = setTimeout(() => this.ask(begun), begun.way.isNear ? 0 : PAUSE);
  }

  /** @returns {Begun | null} what the caret stands behind */
  find() {
    const { selectionStart: at, selectionEnd: end, value } = this.box;
    if (at !== end) return null;
    const line = value.slice(value.lastIndexOf("\n", at - 1) + 1, at);
    // Within code a sign is a sign.
    if ((line.match(/`/g)?.length ?? 0) % 2) return null;
    for (const way of this.ways) {
      const found = way.begins.exec(line);
      if (found) return { start: at - found[0].length, typed: found.at(-1) ?? "", way };
    }
    this.letBe = -1;
    return null;
  }

  /** @param {Begun} begun */
  async ask(begun) {
    this.asked += 1;
    const turn = this.asked;
    const options = await begun.way.offer(begun.typed).catch(() => []);
    // A late answer to what is not typed any more.
    if (turn !== this.asked || this.begun !== begun) return;
    if (!options.length || document.activeElement !== this.box) return this.close();
    this.open(options);
  }

  /** @param {HTMLElement[]} options */
  open(options) {
    for (const [n, one] of options.entries()) one.id = `${this.list.id}-${n}`;
    this.list.replaceChildren(...options);
    this.list.hidden = false;
    this.place();
    this.choose(options[0]);
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      this.told.textContent = `${this.told.dataset.words} ${options.length}`;
    }, TOLD_AFTER);
  }

  /** Below the line that is written, above it where there is no room; in a composer always above. */
  place() {
    if (this.isPinned) return;
    const { top, bottom } = lineOf(this.box, this.begun?.start ?? 0);
    const room = (visualViewport?.height ?? innerHeight) - this.box.getBoundingClientRect().top;
    const above = bottom + this.list.offsetHeight > room && top > this.list.offsetHeight;
    const from = this.box.offsetTop + (above ? top - this.list.offsetHeight : bottom);
    this.list.style.insetBlockStart = `${from}px`;
  }

  close() {
    clearTimeout(this.timer);
    clearTimeout(this.telling);
    this.begun = null;
    this.asked += 1;
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.told.textContent = "";
    this.box.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (this.list.hidden || event.isComposing) return;
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way && plain) this.step(way);
    else if ((event.key === "Enter" || event.key === "Tab") && plain && this.chosen)
      this.take(this.chosen);
    else if (event.key === "Escape") {
      this.letBe = this.begun?.start ?? -1;
      this.close();
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** @param {number} by */
  step(by) {
    const all = this.options;
    const at = this.chosen ? all.indexOf(this.chosen) : -1;
    this.choose(all[(at + by + all.length) % all.length]);
  }

  /** @param {HTMLElement} one */
  choose(one) {
    for (const each of this.options) each.setAttribute("aria-selected", String(each === one));
    this.box.setAttribute("aria-activedescendant", one.id);
    one.scrollIntoView({ block: "nearest" });
  }

  /** @param {HTMLElement} one */
  take(one) {
    const { begun, box } = this;
    if (!begun) return;
    this.close();
    const gap = /^\s/.test(box.value.slice(box.selectionEnd)) ? "" : " ";
    put(box, begun.start, box.selectionEnd, `${one.dataset.put}${gap}`);
    this.close();
  }
}
