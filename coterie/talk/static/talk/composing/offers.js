// What there is to choose for what somebody has begun to write: people and tags of the community
// by asking the server, emoji from a list that comes with the first one that is looked for.

const MOST = 8;
const NEWEST = 60;

/**
 * @typedef {{
 *   begins: RegExp,
 *   isNear: boolean,
 *   offer: (typed: string) => Promise<HTMLElement[]>,
 * }} Way `begins` matches the end of a line; its last group is what is typed.
 */

/** @param {HTMLFormElement} form @param {string} emoji @returns {Way[]} */
export function ways(form, emoji) {
  const { compose = "", composeIn = "" } = form.dataset;
  /** @param {string} name @returns {(typed: string) => Promise<HTMLElement[]>} */
  const ask = (name) => {
    /** @type {Map<string, string>} */
    const known = new Map();
    return async (typed) => {
      const query = new URLSearchParams({ [name]: typed, in: composeIn });
      const html = known.get(typed) ?? (await fetched(`${compose}completions/?${query}`));
      known.set(typed, html);
      if (known.size > NEWEST) known.clear();
      return elements(html);
    };
  };
  return [
    { begins: /(?<![\w@/.])@"([^"\n]{0,40})$/u, isNear: false, offer: ask("at") },
    {
      begins: /(?<![\w@/.])@([\p{L}\p{N}][\p{L}\p{N}_.'-]{0,39}|)$/u,
      isNear: false,
      offer: ask("at"),
    },
    {
      begins: /(?<![\w#&/])#([\p{L}\p{N}][\p{L}\p{N}_-]{0,29})$/u,
      isNear: false,
      offer: ask("tag"),
    },
    {
      begins: /(?<![\p{L}\p{N}:/]):([\p{L}+-][\p{L}\p{N}_+-]{1,29})$/u,
      isNear: true,
      offer: async (typed) => (await names(emoji)).find(typed).map(drawn),
    },
  ];
}

/** @param {string} path */
async function fetched(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

/** @param {string} html @returns {HTMLElement[]} */
function elements(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  return /** @type {HTMLElement[]} */ ([...box.content.querySelectorAll("[role=option]")]);
}

/** @param {{ sign: string, name: string }} one */
function drawn({ sign, name }) {
  const option = document.createElement("li");
  option.setAttribute("role", "option");
  option.dataset.put = sign;
  const shown = document.createElement("span");
  shown.className = "choices-list__sign";
  shown.setAttribute("aria-hidden", "true");
  shown.textContent = sign;
  const word = document.createElement("bdi");
  word.textContent = name;
  option.append(shown, word);
  return option;
}

/** @type {Promise<Names> | undefined} */
let loading;

/** @param {string} path */
function names(path) {
  loading ??= fetch(path)
    .then((answer) => answer.json())
    .then((rows) => new Names(rows));
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

class Names {
  /** @param {[string, string, string, string][]} rows sign, name in English, in German, other words */
  constructor(rows) {
    const german = document.documentElement.lang.startsWith("de");
    this.all = rows.map(([sign, english, other, more]) => {
      const name = german ? other : english;
      return {
        sign,
        name,
        names: folded(`${name}, ${german ? english : other}`),
        more: folded(more),
      };
    });
  }

  /** Those first whose own name begins so, then any word of a name, then any other word. @param {string} typed */
  find(typed) {
    const sought = folded(typed.replaceAll("_", " "));
    const ranks = /** @type {typeof this.all[]} */ ([[], [], [], []]);
    for (const one of this.all) {
      const rank = rankOf(one, sought);
      if (rank < ranks.length) ranks[rank].push(one);
    }
    return ranks.flat().slice(0, MOST);
  }
}

/** @param {{ names: string, more: string }} one @param {string} sought */
function rankOf({ names, more }, sought) {
  if (names === sought || names.startsWith(`${sought},`) || words(more).includes(sought)) return 0;
  if (names.startsWith(sought) || names.includes(`, ${sought}`)) return 1;
  if (names.includes(` ${sought}`)) return 2;
  return more.startsWith(sought) || more.includes(` ${sought}`) ? 3 : 4;
}

/** @param {string} more */
function words(more) {
  return more.split(", ");
}

/** As one types it: without accents and capitals. @param {string} word */
function folded(word) {
  return word.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}
