// Marks in a box of Markdown. Each change is one step that the box's own undo takes back.

/** @typedef {HTMLTextAreaElement} Box */

/**
 * `words` stand in place of what stood from `start` to `end`, the caret behind them.
 * @param {Box} box @param {number} start @param {number} end @param {string} words
 */
export function put(box, start, end, words) {
  box.focus({ preventScroll: true });
  box.setSelectionRange(start, end);
  // Old, and the only way that the undo of a box knows of; it tells `input` by itself.
  const done = words
    ? document.execCommand("insertText", false, words)
    : start === end || document.execCommand("delete");
  if (done) return;
  box.setRangeText(words, start, end, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Words between marks, or without them again. @param {Box} box @param {string} mark */
export function wrap(box, mark) {
  const [start, end] = chosen(box);
  const words = box.value.slice(start, end);
  const n = mark.length;
  const around = start >= n && box.value.slice(start - n, start) === mark;
  if (around && box.value.startsWith(mark, end))
    return replace(box, [start - n, end + n], words, [0, words.length]);
  // A mark does not reach over the end of a line.
  const lines = words.split("\n");
  const off = lines.every((line) => !line.trim() || isMarked(line, mark)) && words.trim();
  const said = lines
    .map((line) => (off ? line.slice(n, -n) : line.trim() && mark + line + mark))
    .join("\n");
  if (words)
    replace(
      box,
      [start, end],
      said,
      lines.length > 1 || off ? [0, said.length] : [n, said.length - n],
    );
  else replace(box, [start, end], mark + mark, [n, n]);
}

/** @param {string} line @param {string} mark */
function isMarked(line, mark) {
  return line.length >= 2 * mark.length && line.startsWith(mark) && line.endsWith(mark);
}

/** Code in its line, or as lines of its own. @param {Box} box */
export function code(box) {
  const [start, end] = chosen(box);
  const words = box.value.slice(start, end);
  if (!words.includes("\n")) return wrap(box, "`");
  const fence = "`".repeat(3);
  const before = atLineStart(box, start) ? "" : "\n";
  const after = end === box.value.length || box.value[end] === "\n" ? "" : "\n";
  const said = `${before}${fence}\n${words}\n${fence}${after}`;
  const first = before.length + fence.length + 1;
  replace(box, [start, end], said, [first, first + words.length]);
}

/** Each line begins so, or does not any more. @param {Box} box @param {string} mark */
export function begin(box, mark) {
  const start = box.value.lastIndexOf("\n", box.selectionStart - 1) + 1;
  const next = box.value.indexOf("\n", box.selectionEnd);
  const end = next < 0 ? box.value.length : next;
  const caret = box.selectionStart === box.selectionEnd;
  const lines = box.value.slice(start, end).split("\n");
  const off = lines.every((line) => line.startsWith(mark));
  const said = lines.map((line) => (off ? line.slice(mark.length) : mark + line)).join("\n");
  replace(box, [start, end], said, caret ? [said.length, said.length] : [0, said.length]);
}

/** The words become a link, an address gets words. @param {Box} box */
export function link(box) {
  const [start, end] = chosen(box);
  const words = box.value.slice(start, end);
  if (/^https?:\/\/\S+$/i.test(words)) return replace(box, [start, end], `[](${words})`, [1, 1]);
  const said = `[${words}](https://)`;
  const address = words.length + 3;
  replace(box, [start, end], said, words ? [address, said.length - 1] : [1, 1]);
}

/** Other people's words, and room below for one's own. @param {Box} box @param {string} words */
export function quote(box, words) {
  const at = box.selectionEnd;
  const before = box.value.slice(0, at).trimEnd();
  const quoted = words
    .trim()
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");
  put(box, before.length, at, `${before ? "\n\n" : ""}${quoted}\n\n`);
}

/**
 * @param {Box} box @param {[number, number]} span @param {string} said
 * @param {[number, number]} marked what is marked of it then
 */
function replace(box, [start, end], said, [from, to]) {
  put(box, start, end, said);
  box.setSelectionRange(start + from, start + to);
}

/** What is marked, without the gaps around it; else the word at the caret. @param {Box} box */
function chosen(box) {
  let [start, end] = [box.selectionStart, box.selectionEnd];
  const gap = (/** @type {string | undefined} */ sign) => !sign || /\s/.test(sign);
  if (start === end) {
    while (!gap(box.value[start - 1])) start -= 1;
    while (!gap(box.value[end])) end += 1;
    return [start, end];
  }
  while (start < end && gap(box.value[start])) start += 1;
  while (end > start && gap(box.value[end - 1])) end -= 1;
  return [start, end];
}

/** @param {Box} box @param {number} at */
function atLineStart(box, at) {
  return at === 0 || box.value[at - 1] === "\n";
}
