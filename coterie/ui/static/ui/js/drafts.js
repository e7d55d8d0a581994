// <form data-draft="key" data-draft-to="/path/">: what is typed lies on this device at once and,
// a second later, on the server; what the server has is forgotten here. So neither a killed tab
// nor a lost network loses a word, and the next device finds it too. Without data-draft-to it
// stays on this device until it is sent. Kept are the boxes, and what is marked data-drafted.

const PREFIX = "draft:";
const SENT = "sent";
const PAUSE = 1_000;
const SENT_BEFORE = 205;
const TOO_MUCH = 60_000; // a browser carries no more for a page that closes

/** @typedef {{ said: string, words: Record<string, string> }} Entry */

/** @type {WeakMap<HTMLFormElement, Draft>} */
const drafts = new WeakMap();

/** The draft of a form, for a script that sends it by itself. @param {HTMLFormElement} form */
export function draftOf(form) {
  return drafts.get(form) ?? new Draft(form);
}

class Draft {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    drafts.set(form, this);
    this.form = form;
    this.at = PREFIX + form.dataset.draft;
    this.to = form.dataset.draftTo ?? "";
    this.timer = 0;
    this.showing = false;
    /** @type {AbortController | undefined} */
    this.saving = undefined;
    this.comeBack();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("submit", () => this.isLeaving());
    addEventListener("pagehide", () => this.saveNow());
    document.addEventListener("visibilitychange", () => this.saveNow());
  }

  /** What the form held is sent: nothing of it comes back, not even from a save on its way. */
  sent() {
    this.hold();
    localStorage.removeItem(this.at);
  }

  typed() {
    if (this.showing) return;
    localStorage.setItem(this.at, JSON.stringify({ said: this.key(), words: this.words() }));
    clearTimeout(this.timer);
    if (this.to) this.timer = setTimeout(() => this.saveNow(), PAUSE);
    else if (!Object.values(this.words()).some(Boolean)) localStorage.removeItem(this.at);
  }

  saveNow() {
    if (!this.timer) return;
    this.hold();
    this.save(new FormData(this.form));
  }

  /** @param {FormData} body @returns {Promise<number>} */
  async save(body) {
    const kept = localStorage.getItem(this.at);
    this.saving = new AbortController();
    const keepalive = (kept?.length ?? 0) * 3 < TOO_MUCH;
    try {
      const { signal } = this.saving;
      const answer = await fetch(this.to, { method: "POST", body, keepalive, signal });
      if (answer.status === 204 && localStorage.getItem(this.at) === kept)
        localStorage.removeItem(this.at);
      return answer.status;
    } catch {
      return 0; // It stays here, and goes with the next letter or the next visit.
    }
  }

  /** What lies here is newer than what the server had, unless it has been sent meanwhile. */
  async comeBack() {
    const kept = this.entry();
    if (!kept) return;
    const before = this.words();
    const lost = this.show(kept.words);
    if (!this.to) return;
    const body = new FormData(this.form);
    body.set("client_key", kept.said);
    for (const box of lost) body.set(box.name, kept.words[box.name]);
    const status = await this.save(body);
    // What is not to be chosen here any more is for the server to say, and not for us to swap.
    if (status !== SENT_BEFORE && lost.length) return this.askAnew(lost, status);
    if (status !== SENT_BEFORE || this.timer) return;
    localStorage.removeItem(this.at);
    this.show(before);
  }

  /** @param {HTMLInputElement[]} lost @param {number} status */
  askAnew(lost, status) {
    if (status === 204) location.reload();
    for (const box of lost) {
      if (box instanceof HTMLSelectElement) box.prepend(new Option("", "", true, true));
      else box.value = "";
    }
  }

  /** @returns {Entry | undefined} */
  entry() {
    try {
      return JSON.parse(localStorage.getItem(this.at) ?? "null") ?? undefined;
    } catch {
      localStorage.removeItem(this.at);
      return undefined;
    }
  }

  isLeaving() {
    this.hold();
    sessionStorage.setItem(SENT, JSON.stringify({ from: here(), at: this.at }));
  }

  hold() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.saving?.abort();
  }

  key() {
    return String(new FormData(this.form).get("client_key") ?? "");
  }

  words() {
    /** @type {Record<string, string>} */
    const words = {};
    for (const box of boxes(this.form))
      if (!isRadio(box) || box.checked) words[box.name] = box.value;
    return words;
  }

  /** @param {Record<string, string>} words @returns {HTMLInputElement[]} what had no place for its word */
  show(words) {
    const lost = [];
    this.showing = true;
    for (const box of boxes(this.form)) {
      const word = words[box.name];
      if (word === undefined) continue;
      if (isRadio(box)) box.checked = box.value === word;
      else if (box.type !== "hidden") box.value = word;
      if (!takes(box, word)) lost.push(box);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    this.showing = false;
    return lost;
  }
}

/** @param {HTMLFormElement} form @returns {HTMLInputElement[]} */
function boxes(form) {
  const kept = "textarea, input[type=text], input:not([type]), [data-drafted]";
  return /** @type {HTMLInputElement[]} */ (
    [...form.elements].filter((each) => each.matches(kept))
  );
}

/** Whether this is to be had here: what is typed always is. @param {HTMLInputElement} box @param {string} word */
function takes(box, word) {
  if (!box.matches("[data-drafted]")) return true;
  if (box instanceof HTMLSelectElement) return [...box.options].some(({ value }) => value === word);
  const all = /** @type {NodeListOf<HTMLInputElement>} */ (
    box.form?.querySelectorAll(`input[name="${box.name}"]`)
  );
  return [...all].some(({ value }) => value === word);
}

/** @param {HTMLInputElement} box */
function isRadio(box) {
  return box.type === "radio";
}

function here() {
  return location.href.split("#")[0];
}

/** The page that answers a sending and shows no fault: what was sent has arrived. */
function forget() {
  const { from, at } = JSON.parse(sessionStorage.getItem(SENT) ?? "{}");
  sessionStorage.removeItem(SENT);
  const fault = document.querySelector("[aria-invalid], .field__wrong:not(:empty), .sorry");
  // Back from a lost connection the page before is another one.
  if (at && document.referrer === from && !fault) localStorage.removeItem(at);
}

try {
  forget();
  for (const form of document.querySelectorAll("form[data-draft]"))
    draftOf(/** @type {HTMLFormElement} */ (form));
} catch {
  // Storage is switched off: the form works as it is.
}
