// One conversation as it goes on: news in their order, and whatever was missed fetched.
//
// follow({topic, path, at, show, lost}): `show(posts, waiting)` gets what is new or changed, once for
// each change; `waiting`, when it is known, are the ids of all that has no number yet and is still
// there. `lost()` is called when the page has to be made anew.

import { listen } from "../ui/js/live.js";

/** As long as an answer may take: one that never comes must not keep the next from being asked for. */
const PATIENCE = 15_000;

/** @typedef {{id: string, seq: number | null, after: number, html: string, own?: boolean, mine?: string[]}} Shown */

/**
 * @param {{topic: string, own?: string, path: string, at: number[],
 *   show: (posts: Shown[], waiting?: string[] | null) => void, lost: () => void, changed?: () => void}} here
 */
export function follow(here) {
  let [epoch, seq, rev] = here.at;
  let fetching = false;
  let again = false;

  /** Fetches what is new since the cursor, one page after the other. */
  async function catchUp() {
    again = true;
    if (fetching) return;
    fetching = true;
    let pause = 500;
    while (again) {
      again = false;
      const answer = await fetch(`${here.path}since/?epoch=${epoch}&seq=${seq}&rev=${rev}`, {
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(PATIENCE),
      }).catch(() => null);
      if (answer?.status === 404) break;
      const news = answer?.ok ? await answer.json().catch(() => null) : null;
      if (!news) {
        // The line says when it is back; until then we ask now and then.
        await new Promise((done) => setTimeout(done, pause));
        pause = Math.min(pause * 2, 15_000);
        again = true;
        continue;
      }
      if (news.lost) return here.lost();
      [epoch, seq, rev] = news.at;
      here.show(news.posts, news.waiting);
      again ||= news.more;
    }
    fetching = false;
  }

  /** @param {number[]} at */
  const isBehind = (at) => at[0] !== epoch || at[1] > seq || at[2] > rev;

  /** @param {import("../ui/js/live.js").Message} message */
  function hear(message) {
    if (message.k === "off") return;
    if (message.k === "on") {
      if (isBehind(message.at)) void catchUp();
      return;
    }
    if (message.changed) here.changed?.();
    if (!isBehind(message.at)) return;
    const [e, s, r] = message.since;
    const posts = message.posts ?? [];
    const whole = e === epoch && message.at[0] === e && s <= seq && r <= rev;
    if (fetching || !whole || message.changed || posts.some((post) => post.fetch)) {
      void catchUp();
      return;
    }
    [epoch, seq, rev] = message.at;
    here.show(posts);
  }

  const stop = [listen(here.topic, hear)];
  // What only its author reads comes without numbers, and is told in their own inbox.
  if (here.own) stop.push(listen(here.own, (message) => message.k === "news" && void catchUp()));
  return {
    catchUp,
    cursor: () => [epoch, seq, rev],
    stop: () => {
      for (const each of stop) each();
    },
  };
}
