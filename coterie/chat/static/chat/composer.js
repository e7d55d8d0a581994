// Writing in a room: Enter sends where there is a keyboard, the row stands there at once, and for
// a few seconds it can be taken back into the box.

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
    this.form = /** @type {HTMLFormElement} */ (room.querySelector(".chat-say"));
    this.box = /** @type {HTMLTextAreaElement} */ (this.form.elements.namedItem("source"));
    this.row = /** @type {HTMLTemplateElement} */ (room.querySelector("template[data-unsent]"));
    /** What came of one's own while it was on its way: it waits for its answer. */
    /** @type {import("../talk/conversation.js").Shown[]} */
    this.parked = [];
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
      this.answer("", "");
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
    const plain = event.key === "Enter" && !event.shiftKey && !event.isComposing;
    const thumbs = matchMedia("(pointer: coarse) and (hover: none)").matches;
    if (!plain || (thumbs && !event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    this.send();
  }

  send() {
    // Photos travel with the form itself, which waits until they are up.
    if (this.form.querySelector(".tray__photo")) return this.form.requestSubmit();
    const source = this.box.value;
    if (!source.trim()) return;
    const words = {
      key: this.value("client_key"),
      source,
      reply_to: this.value("reply_to"),
      voice: this.value("voice"),
      at: new Date().toISOString(),
    };
    this.draw(words);
    draftOf(this.form).sent();
    this.set("client_key", random());
    this.write("");
    this.answer("", "");
    this.outbox.put(words);
  }

  /** @param {string} source */
  write(source) {
    this.box.value = source;
    this.box.style.blockSize = "";
    if (source) this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** To whom the next words answer. @param {string} id @param {string} name */
  answer(id, name) {
    this.set("reply_to", id);
    const line = /** @type {HTMLElement} */ (this.form.querySelector("[data-answering]"));
    const who = /** @type {HTMLElement} */ (this.form.querySelector("[data-answered]"));
    line.hidden = !id;
    who.textContent = name;
    if (id) this.box.focus();
  }

  /** The row stands at the end, before anything is asked of the network. @param {Words} words */
  draw(words) {
    const line = /** @type {HTMLElement} */ (
      /** @type {DocumentFragment} */ (this.row.content.cloneNode(true)).firstElementChild
    );
    line.dataset.key = words.key;
    const bubble = /** @type {HTMLElement} */ (line.querySelector(".bubble"));
    bubble.dataset.at = words.at;
    const time = /** @type {HTMLTimeElement} */ (line.querySelector("time"));
    time.dateTime = words.at;
    /** @type {HTMLElement} */ (line.querySelector(".bubble__said")).textContent = words.source;
    line.querySelector("[data-retry]")?.addEventListener("click", () => {
      void this.outbox.send(words.key);
    });
    line.querySelector("[data-delete]")?.addEventListener("click", () => {
      this.outbox.drop(words.key);
      this.log.drop(line);
      this.box.focus();
    });
    this.log.list.append(line);
    this.log.join(line);
    this.scrolling.stuck = true;
    // In the same frame, but not before the row stands.
    requestAnimationFrame(() => this.scrolling.toEnd());
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
      this.box.focus();
    });
  }

  /** What was not sent when the page went away stands there again. */
  async comeBack() {
    for (const words of await this.outbox.adopt()) {
      this.draw(words);
      if (words.why) this.tell(words, "failed");
    }
    await this.outbox.send();
  }
}
