// What is on its way: in its order, one at a time, each under one key, so that nothing is said
// twice however often it is sent. It lies on this device until it is sent or deleted.

const PREFIX = "draft:unsent:";
const LONGEST_WAIT = 20_000;
const NO_TURN = 503; // the database had none; it will have

/** @typedef {{key: string, source: string, reply_to: string, voice: string, at: string, why?: string, photos?: Photo[]}} Words */
/** @typedef {{id: string, alt: string}} Photo without id it is on its way up */
/** @typedef {{id: string, seq: number | null, html: string}} Said */

export class Outbox {
  /**
   * @param {{room: string, to: string, token: () => string,
   *   came: (words: Words, said: Said) => void, failed: (words: Words) => void,
   *   waits: (words: Words) => void}} here
   */
  constructor(here) {
    this.here = here;
    /** @type {Words[]} */
    this.queue = [];
    this.busy = false;
    this.at = `${PREFIX}${here.room}:${random()}`;
    addEventListener("online", () => void this.send());
    document.addEventListener("live:line", () => void this.send());
    document.addEventListener("visibilitychange", () => void this.send());
  }

  /** Rows that a tab left behind when it went are this tab's now. @returns {Promise<Words[]>} */
  async adopt() {
    navigator.locks?.request(this.at, () => new Promise(() => {}));
    /** @type {Words[]} */
    const found = [];
    for (const key of keys(PREFIX + this.here.room)) {
      const take = () => found.push(...taken(key));
      if (!navigator.locks) take();
      else await navigator.locks.request(key, { ifAvailable: true }, (lock) => lock && take());
    }
    found.sort((one, other) => one.at.localeCompare(other.at));
    this.queue.push(...found);
    this.keep();
    return found;
  }

  /** @param {Words} words */
  put(words) {
    this.queue.push(words);
    this.keep();
    void this.send();
  }

  /** @param {string} key */
  drop(key) {
    this.queue = this.queue.filter((words) => words.key !== key);
    this.keep();
  }

  get isSending() {
    return this.busy;
  }

  /** Sends what waits, from the first on. What was refused waits for a hand. */
  async send(key = "") {
    for (const words of this.queue) if (words.key === key) delete words.why;
    if (this.busy) return;
    this.busy = true;
    for (;;) {
      const words = this.queue.find((each) => !each.why);
      // What comes after photos that are going up waits for them: it was said later.
      if (!words || words.photos?.some((photo) => !photo.id)) break;
      this.here.waits(words);
      const answer = await this.post(words);
      if (!answer) {
        for (const each of this.queue) if (!each.why) this.here.failed(each);
        break;
      }
      if (answer.said) {
        this.drop(words.key);
        this.busy = this.queue.some((each) => !each.why);
        this.here.came(words, answer.said);
      } else {
        words.why = answer.why;
        this.keep();
        this.here.failed(words);
      }
    }
    this.busy = false;
  }

  /** @param {Words} words @returns {Promise<{said?: Said, why?: string} | null>} nothing: try again */
  async post({ key, source, reply_to, voice, photos = [] }) {
    if (!navigator.onLine) return null;
    const body = new URLSearchParams({ client_key: key, source, reply_to, voice });
    for (const { id, alt } of photos) {
      body.append("photo", id);
      body.append(`alt.${id}`, alt);
    }
    const headers = { Accept: "application/json", "X-CSRFToken": this.here.token() };
    const signal = AbortSignal.timeout(LONGEST_WAIT);
    try {
      const answer = await fetch(this.here.to, { method: "POST", body, headers, signal });
      if (!answer.headers.get("Content-Type")?.includes("json")) return null;
      const told = await answer.json();
      if (answer.ok) return { said: told };
      if (answer.status === NO_TURN && told.again) {
        // Not all at the same moment.
        setTimeout(() => void this.send(), told.again * 1_000 * (1 + Math.random()));
        return null;
      }
      return told.sentence ? { why: told.sentence } : null;
    } catch {
      return null;
    }
  }

  keep() {
    try {
      if (this.queue.length) localStorage.setItem(this.at, JSON.stringify(this.queue));
      else localStorage.removeItem(this.at);
    } catch {
      // Storage is full or switched off: it waits in this page alone.
    }
  }
}

/** Letters that nobody guesses, also where the page came without TLS. */
export function random() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} prefix */
function keys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${prefix}:`));
  } catch {
    return [];
  }
}

/** @param {string} key @returns {Words[]} */
function taken(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  } finally {
    localStorage.removeItem(key);
  }
}
