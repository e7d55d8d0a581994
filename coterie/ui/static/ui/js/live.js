// listen(topic, hear): what is new there is heard as it happens, over one socket for all tabs
// of this browser. The tab that holds the lock keeps the socket and passes on what it hears.
//
// A message is {t: topic, k: "on" | "off" | "news", at: [epoch, seq, rev], ...}. "on" also comes
// after every lost line: whoever listens compares `at` with what they have and fetches the rest.

/** @typedef {{t: string, k: string, at: number[], since: number[], posts?: any[], changed?: boolean}} Message */
/** @typedef {(message: Message) => void} Hear */

const as = document.body.dataset.liveAs ?? "nobody";
const NAME = `coterie-live-${as}`;
const tab = crypto.randomUUID();
const channel = new BroadcastChannel(NAME);
const BEAT = 25_000;
const DEADLINE = 8_000;
const LONGEST = 15_000;
const TRY_LATER = 1013;
const MUCH_LATER = 120_000;

/** @type {Map<string, Set<Hear>>} */
const hears = new Map();
/** Whether the line stands; `document` hears `live:line` when that changes. */
let line = false;

/** @param {string} topic @param {Hear} hear @returns {() => void} stops it */
export function listen(topic, hear) {
  const those = hears.get(topic) ?? new Set();
  hears.set(topic, those.add(hear));
  say({ want: [topic] });
  return () => {
    those.delete(hear);
    if (those.size) return;
    hears.delete(topic);
    say({ drop: [topic] });
  };
}

export function isUp() {
  return line;
}

/** Tells the tab that keeps the socket, which may be this one. @param {object} what */
function say(what) {
  const words = { ...what, tab };
  if (keeper) keeper.hear(words);
  else channel.postMessage(words);
}

/** @param {Message} message */
function tell(message) {
  for (const hear of hears.get(message.t) ?? []) hear(message);
}

/** @param {boolean} up */
function setLine(up) {
  if (up === line) return;
  line = up;
  document.dispatchEvent(new CustomEvent("live:line", { detail: up }));
}

channel.addEventListener("message", ({ data }) => {
  if (data.said) tell(data.said);
  else if ("line" in data) setLine(data.line);
  else if (data.who) say({ want: [...hears.keys()] });
  else if (keeper) keeper.hear(data);
  if (!data.tab) heardKeeper = Date.now();
});

/** The socket of this browser. */
class Keeper {
  constructor() {
    /** @type {Map<string, Set<string>>} */
    this.wanted = new Map();
    /** @type {WebSocket | null} */
    this.socket = null;
    this.fails = 0;
    this.notBefore = 0;
    this.heard = 0;
    this.beat = setInterval(() => this.check(DEADLINE), BEAT);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.again = undefined;
    this.over = false;
  }

  /** @param {{want?: string[], drop?: string[], bye?: boolean, ask?: boolean, tab: string}} words */
  hear(words) {
    if (words.ask) channel.postMessage({ line });
    for (const topic of words.want ?? []) {
      this.wanted.set(topic, (this.wanted.get(topic) ?? new Set()).add(words.tab));
    }
    if (words.want?.length) this.ask(words.want);
    const dropped = words.bye ? [...this.wanted.keys()] : (words.drop ?? []);
    const unwanted = dropped.filter((topic) => {
      const tabs = this.wanted.get(topic);
      tabs?.delete(words.tab);
      return tabs && !tabs.size && this.wanted.delete(topic);
    });
    if (unwanted.length) this.send({ off: unwanted });
  }

  /** @param {string[]} topics */
  ask(topics) {
    if (this.socket?.readyState === WebSocket.OPEN) this.send({ on: topics });
    else this.open();
  }

  open() {
    if (this.over || !this.wanted.size || Date.now() < this.notBefore) return;
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    clearTimeout(this.again);
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/live`);
    this.socket = socket;
    // A net that is half open swallows the first word too, and browsers wait minutes for the answer.
    setTimeout(() => {
      if (socket.readyState === WebSocket.CONNECTING) this.giveUp(socket);
    }, DEADLINE);
    socket.addEventListener("open", () => {
      this.fails = 0;
      this.heard = Date.now();
      this.send({ on: [...this.wanted.keys()] });
      this.pass({ line: true });
    });
    socket.addEventListener("message", (event) => {
      this.heard = Date.now();
      const message = JSON.parse(event.data);
      if (message.t) this.pass({ said: message });
    });
    socket.addEventListener("close", ({ code }) => this.lost(socket, code));
  }

  /** @param {WebSocket} socket @param {number} [code] */
  lost(socket, code) {
    if (socket !== this.socket || this.over) return;
    this.socket = null;
    this.pass({ line: false });
    // Not all at once: a server that was away is found by everybody in the same moment.
    // A pause is about a third of the time away: who was away shortly is back soon.
    const soon = Math.min(LONGEST, 400 * 1.5 ** this.fails++);
    // Who is told that there are enough already does not knock at the door meanwhile.
    const pause = (code === TRY_LATER ? MUCH_LATER : soon) * (0.5 + Math.random());
    if (code === TRY_LATER) this.notBefore = Date.now() + pause;
    this.again = setTimeout(() => this.open(), pause);
  }

  /** Without a sign of life in time the line is dead, whatever the browser believes. @param {number} time */
  check(time) {
    if (!this.socket) return this.open();
    if (this.socket.readyState !== WebSocket.OPEN) return;
    const socket = this.socket;
    const asked = Date.now();
    this.send({ ping: 1 });
    setTimeout(() => {
      if (this.heard < asked) this.giveUp(socket);
    }, time);
  }

  /** @param {WebSocket} socket */
  giveUp(socket) {
    if (socket !== this.socket) return;
    socket.close();
    this.lost(socket);
  }

  /** @param {object} what */
  send(what) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(what));
  }

  /** To the other tabs, and to this one. @param {{said?: Message, line?: boolean}} what */
  pass(what) {
    channel.postMessage(what);
    if (what.said) tell(what.said);
    else setLine(Boolean(what.line));
  }

  end() {
    this.over = true;
    clearInterval(this.beat);
    clearTimeout(this.again);
    this.socket?.close();
  }
}

/** @type {Keeper | null} */
let keeper = null;
let heardKeeper = 0;

/** @param {boolean} steal */
async function keep(steal) {
  try {
    await navigator.locks.request(NAME, steal ? { steal } : {}, () => {
      keeper = new Keeper();
      say({ want: [...hears.keys()] });
      channel.postMessage({ who: true });
      return new Promise(() => {});
    });
  } catch {
    // Another tab took it, because this one did not answer.
    keeper?.end();
    keeper = null;
    void keep(false);
  }
}

/** The tab that keeps the socket may be asleep: then a tab that somebody looks at takes it over. */
function wake() {
  if (keeper) return keeper.check(DEADLINE / 2);
  const asked = Date.now();
  channel.postMessage({ ask: true, tab });
  setTimeout(() => {
    if (!keeper && heardKeeper < asked && document.visibilityState === "visible") void keep(true);
  }, 2_000);
}

addEventListener("online", () => keeper?.check(DEADLINE / 2));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") wake();
});
addEventListener("pagehide", (event) => {
  say({ bye: true });
  if (event.persisted) keeper?.end();
});
addEventListener("pageshow", (event) => {
  // Out of the browser's memory: the lock is gone, and so is whatever was said meanwhile.
  if (event.persisted) location.reload();
});

void keep(false);
