// The post that the server would make of the form, while it is written. The newest words count: what
// was asked before is dropped, and nothing is asked while somebody types on.

const PAUSE = 350;
const LATER = 3_000;
const TOO_OFTEN = 429;

export class Preview {
  /**
   * @param {HTMLFormElement} form @param {HTMLTextAreaElement} box
   * @param {HTMLElement} place @param {HTMLButtonElement | null} button
   */
  constructor(form, box, place, button) {
    this.form = form;
    this.box = box;
    this.place = place;
    this.words = /** @type {HTMLElement} */ (place.firstElementChild);
    this.button = button;
    this.timer = 0;
    this.shown = "";
    /** @type {AbortController | undefined} */
    this.asking = undefined;
    form.addEventListener("input", () => this.soon(PAUSE));
    box.addEventListener("invalid", () => this.isOpen && this.toggle());
    form.addEventListener("composer:sent", () => this.isOpen && this.toggle());
  }

  get isOpen() {
    return !this.place.hidden;
  }

  toggle() {
    this.place.hidden = this.isOpen;
    this.form.classList.toggle("is-previewing", this.isOpen);
    this.button?.setAttribute("aria-pressed", String(this.isOpen));
    if (!this.isOpen) {
      this.asking?.abort();
      this.box.focus();
    } else if (!this.box.checkVisibility()) this.button?.focus();
    this.soon(0);
  }

  /** @param {number} pause */
  soon(pause) {
    clearTimeout(this.timer);
    if (this.isOpen) this.timer = setTimeout(() => this.ask(), pause);
  }

  async ask() {
    const body = this.said();
    const said = body.toString();
    this.asking?.abort();
    if (!this.isBegun(body)) return this.show("", "");
    if (said === this.shown) return;
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      const answer = await fetch(`${this.form.dataset.compose}preview/`, {
        method: "POST",
        body,
        signal,
      });
      const html = await answer.text();
      if (signal.aborted) return;
      if (answer.ok || answer.status === 422) this.show(said, html);
      else if (answer.status === TOO_OFTEN) this.soon(LATER);
      else this.lose();
    } catch {
      if (!signal.aborted) this.lose();
    }
  }

  /** What the form would send, without its files. */
  said() {
    const { composeIn = "", composeOf = "" } = this.form.dataset;
    const body = new URLSearchParams({ in: composeIn, of: composeOf });
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") body.append(name, value);
    }
    return body;
  }

  /** @param {URLSearchParams} body */
  isBegun(body) {
    return ["source", "photo", "poll_options"].some((name) => body.get(name)?.trim());
  }

  /** @param {string} said @param {string} html */
  show(said, html) {
    this.shown = said;
    this.words.innerHTML = html;
    document.dispatchEvent(new CustomEvent("times:new"));
  }

  lose() {
    this.shown = "";
    this.words.textContent = this.place.dataset.lost ?? "";
  }
}
