// Writing in a room: Enter sends where there is a keyboard, the row stands there at once, and for
// a few seconds it can be taken back into the box.

import { putBack, sendAgain, takeOut } from "../media/tray.js";
import { answer } from "../talk/answering.js";
import { draftOf } from "../ui/js/drafts.js";
import { Outbox, random } from "./outbox.js";

const UNDO = 7_000;

/** @typedef {import("./log.js").Log} Log */
/** @typedef {import("./scrolling.js").Scrolling} Scrolling */
/** @typedef {import("./outbox.js").Words} Words */

export class Composer {
  /** @param {HTMLElement} room @param {Log} log @param {Scrolling} scrolling */
  constructor(room, log, scrolling) {
    this.log = log;
    this.scrolling = scrolling;
    this.form = /** @type {HTMLFormElement} */ (room.querySelector(".composer"));
    this.box = /** @type {HTMLTextAreaElement} */ (this.form.elements.namedItem("source"));
    this.row = /** @type {HTMLTemplateElement} */ (room.querySelector("template[data-unsent]"));
    /** What came of one's own while it was on its way: it waits for its answer. */
    /** @type {import("../talk/conversation.js").Shown[]} */
    this.parked = [];
    /** The photos in the rows that were sent from this page. @type {Map<string, HTMLElement[]>} */
    this.hung = new Map();
    this.outbox = new Outbox({
      room: this.form.dataset.draft ?? "",
      to: this.form.action,
      token: () => this.value("csrfmiddlewaretoken"),
      came: (words, said) => this.came(words, said),
      failed: (words) => this.tell(words, "failed"),
      waits: (words) => this.tell(words, "sending"),
    });
    this.box.addEventListener("keydown", (event) => this.pressed(event));
    this.form.querySelector("[data-send]")?.addEventListener("click", (event) => {
      event.preventDefault();
      this.send();
      this.box.focus();
    });
    this.form.querySelector("[data-answer-nobody]")?.addEventListener("click", (event) => {
      event.preventDefault();
      answer(this.form, "");
    });
    void this.comeBack();
  }

  /** @param {string} name */
  value(name) {
    return String(new FormData(this.form).get(name) ?? "");
  }

  /** @param {string} name @param {string} value */
  set(name, value) {
    const field = /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name));
    field.value = value;
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (event.defaultPrevented) return;
    const plain = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    const thumbs = matchMedia("(pointer: coarse) and (hover: none)").matches;
    if (!plain || (thumbs && !event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    this.send();
  }

  send() {
    // A poll or a note travels with the form itself, photos too: it waits until they are up.
    if (this.value("poll_options").trim() || this.value("note").trim())
      return this.form.requestSubmit();
    const source = this.box.value;
    const pictured = this.form.querySelector(".tray__photo");
    if (!source.trim() && !pictured) return;
    const voice = /** @type {HTMLSelectElement} */ (this.form.elements.namedItem("voice"));
    if (!voice.reportValidity()) return;
    const items = takeOut(this.form);
    const words = {
      key: this.value("client_key"),
      source,
      reply_to: this.value("reply_to"),
      voice: this.value("voice"),
      at: new Date().toISOString(),
      photos: items.map(photoOf),
    };
    this.draw(words, items);
    draftOf(this.form).sent();
    this.set("client_key", random());
    this.write("");
    answer(this.form, "");
    this.form.dispatchEvent(new Event("composer:sent"));
    this.outbox.put(words);
  }

  /** @param {string} source */
  write(source) {
    this.box.value = source;
    this.box.style.blockSize = "";
    if (source) this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** The row stands at the end, before anything is asked of the network. @param {Words} words @param {HTMLElement[]} items */
  draw(words, items) {
    const line = /** @type {HTMLElement} */ (
      /** @type {DocumentFragment} */ (this.row.content.cloneNode(true)).firstElementChild
    );
    line.dataset.key = words.key;
    const bubble = /** @type {HTMLElement} */ (line.querySelector(".bubble"));
    bubble.dataset.at = words.at;
    const time = /** @type {HTMLTimeElement} */ (line.querySelector("time"));
    time.dateTime = words.at;
    /** @type {HTMLElement} */ (line.querySelector(".bubble__said")).textContent = words.source;
    // The box keeps its focus: what it opens would go, and the button slip from under the finger.
    line.querySelector(".chat-state")?.addEventListener("mousedown", (event) => {
      event.preventDefault();
    });
    line.querySelector("[data-retry]")?.addEventListener("click", () => {
      for (const item of items) if (item.hasAttribute("data-lost")) sendAgain(this.form, item);
      void this.outbox.send(words.key);
      if (items.some((item) => item.hasAttribute("data-lost"))) this.tell(words, "sending");
    });
    line.querySelector("[data-delete]")?.addEventListener("click", () => {
      this.outbox.drop(words.key);
      for (const { id } of words.photos ?? []) void this.discard(id);
      this.log.drop(line);
      this.box.focus();
    });
    this.hang(words, items, line);
    this.log.list.append(line);
    this.log.join(line);
    this.scrolling.stuck = true;
    // In the same frame, but not before the row stands.
    requestAnimationFrame(() => this.scrolling.toEnd());
  }

  /** Its photos stand in the row, and it goes out when they are up. @param {Words} words @param {HTMLElement[]} items @param {HTMLElement} line */
  hang(words, items, line) {
    this.hung.set(words.key, items);
    const place = /** @type {HTMLElement} */ (line.querySelector("[data-photos]"));
    place.append(...items);
    for (const [at, item] of items.entries()) {
      const photo = /** @type {import("./outbox.js").Photo} */ (words.photos?.[at]);
      item.addEventListener("tray:arrived", () => {
        item.removeAttribute("data-lost");
        photo.id = photoOf(item).id;
        this.outbox.keep();
        void this.outbox.send();
      });
      item.addEventListener("tray:lost", (event) => {
        item.setAttribute("data-lost", "");
        words.why = /** @type {CustomEvent<string>} */ (event).detail;
        this.outbox.keep();
        this.tell(words, "failed");
        void this.outbox.send();
      });
    }
  }

  /** Nobody will see it: it need not wait. @param {string} id */
  async discard(id) {
    const headers = { "X-CSRFToken": this.value("csrfmiddlewaretoken") };
    if (id) await fetch(`/m/${id}/removal/`, { method: "POST", headers }).catch(() => null);
  }

  /** @param {Words} words */
  lineOf(words) {
    return /** @type {HTMLElement | null} */ (
      this.log.list.querySelector(`:scope > [data-key="${words.key}"]`)
    );
  }

  /** @param {Words} words @param {string} state */
  tell(words, state) {
    const line = this.lineOf(words);
    if (!line) return;
    line.dataset.state = state;
    const why = /** @type {HTMLElement} */ (line.querySelector("[data-why]"));
    why.textContent = state === "failed" ? (words.why ?? why.dataset.words ?? "") : "";
    if (state === "failed") this.scrolling.follow(() => {});
  }

  /** @param {Words} words @param {import("./outbox.js").Said} said */
  came(words, said) {
    const line = this.lineOf(words);
    const newer = this.parked.find((post) => post.id === said.id) ?? said;
    this.parked = this.parked.filter((post) => post.id !== said.id);
    const twin = this.log.lineOf(said.id);
    if (twin && twin !== line) {
      if (line) this.log.drop(line);
    } else if (line) {
      line.classList.remove("is-unsent");
      line.dataset.state = "sent";
      this.scrolling.follow(() => this.log.show({ after: 0, ...newer, own: true }, line));
      this.offerUndo(words, said, line);
    }
    if (!this.outbox.isSending) this.unpark();
  }

  unpark() {
    for (const post of this.parked.splice(0)) this.scrolling.follow(() => this.log.show(post));
  }

  /** Whether this may be what is just being sent. @param {import("../talk/conversation.js").Shown} post */
  parks(post) {
    if (!this.outbox.isSending || this.log.lineOf(post.id)) return false;
    if (!post.own && !post.html.includes(`data-by="${this.log.me}"`)) return false;
    this.parked = [...this.parked.filter((other) => other.id !== post.id), post];
    return true;
  }

  /** @param {Words} words @param {import("./outbox.js").Said} said @param {HTMLElement} line */
  offerUndo(words, said, line) {
    const state = line.querySelector(".chat-state");
    const timer = setTimeout(() => state?.remove(), UNDO);
    line.querySelector("[data-undo]")?.addEventListener("click", async () => {
      clearTimeout(timer);
      const headers = {
        Accept: "application/json",
        "X-CSRFToken": this.value("csrfmiddlewaretoken"),
      };
      const answer = await fetch(`${this.form.action}${said.id}/retraction/`, {
        method: "POST",
        headers,
      }).catch(() => null);
      if (!answer?.ok) return this.tell(words, "sent");
      state?.remove();
      const { html } = await answer.json();
      if (html) this.log.show({ ...said, after: 0, html, own: true }, line);
      else this.log.drop(line);
      this.write([words.source, this.box.value].filter(Boolean).join("\n"));
      putBack(this.form, this.hung.get(words.key) ?? []);
      this.box.focus();
    });
  }

  /** What was not sent when the page went away stands there again. */
  async comeBack() {
    const lost = this.row.content.querySelector("[data-why]")?.getAttribute("data-lost") ?? "";
    for (const words of await this.outbox.adopt()) {
      // What had not come up went with the page that it was chosen on.
      const up = (words.photos ?? []).filter((photo) => photo.id);
      if (up.length < (words.photos?.length ?? 0)) words.why ??= lost;
      words.photos = up;
      this.draw(words, up.map(shownAgain));
      if (words.why) this.tell(words, "failed");
      this.empty(words);
    }
    this.outbox.keep();
    await this.outbox.send();
  }

  /** What stands in a row does not wait in the box as well. @param {Words} words */
  empty(words) {
    if (this.box.value.trim() !== words.source.trim()) return;
    const kept = [...this.form.querySelectorAll(".tray__photo input[name=photo]")];
    const same = (words.photos ?? []).map((photo) => photo.id);
    if (!kept.every((each) => same.includes(/** @type {HTMLInputElement} */ (each).value))) return;
    takeOut(this.form);
    this.write("");
  }
}

/** @param {HTMLElement} item @returns {import("./outbox.js").Photo} */
function photoOf(item) {
  const [id, alt] = item.querySelectorAll("input");
  return { id: id.value, alt: alt.value };
}

/** @param {import("./outbox.js").Photo} photo */
function shownAgain({ id, alt }) {
  const item = document.createElement("li");
  item.className = "tray__photo";
  const picture = document.createElement("img");
  picture.className = "tray__small";
  picture.src = `/m/${id}/320.webp`;
  picture.alt = alt;
  item.append(picture);
  return item;
}
