// Words of a post that are marked can be quoted: a button stands beside them and puts them into
// the composer, as an answer to that post. And whoever answers stays on the page.

import { answer, answered } from "./answering.js";
import { quote } from "./composing/writing.js";

const PAUSE = 200;
const SAID = ".post__body, .bubble__said";
const BY = ".post__by strong, .bubble__name";
const COVER = "details";
const SIGN = "[…]";
const GAP = 8;

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form.composer"));
const made = /** @type {HTMLTemplateElement | null} */ (form?.querySelector("[data-tools]"));
const button = /** @type {HTMLButtonElement | null} */ (
  made?.content.querySelector(".quoting")?.cloneNode(true) ?? null
);
if (form && button) begin(form, button);

/** @param {HTMLFormElement} form @param {HTMLButtonElement} button */
function begin(form, button) {
  const box = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("source"));
  let timer = 0;
  if (new URLSearchParams(location.search).has("quote")) {
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const post = marked();
      if (post) offer(post);
      else if (document.activeElement !== button) button.hidden = true;
    }, PAUSE);
  });
  addEventListener("scroll", () => marked() && place(), { passive: true });
  // The words stay marked while the button is pressed.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const post = marked();
    if (!post) return;
    const words = spoken(/** @type {Range} */ (getSelection()?.getRangeAt(0)));
    button.hidden = true;
    getSelection()?.removeAllRanges();
    if (!answered(form)) answer(form, idOf(post), post.querySelector(BY));
    quote(box, words);
    form.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest?.("a[href*='?reply=']");
    const id =
      link && new URL(/** @type {HTMLAnchorElement} */ (link).href).searchParams.get("reply");
    const post = id ? document.getElementById(`p-${id}`) : null;
    const nobody = link?.matches("[data-answer-nobody]");
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || !(post || nobody)) return;
    event.preventDefault();
    answer(form, id ?? "", post?.querySelector(BY) ?? null);
    box.focus();
  });

  /** The button stands behind its post, so that Tab finds it. @param {HTMLElement} post */
  function offer(post) {
    if (button.parentElement !== post.parentElement) post.after(button);
    button.hidden = false;
    place();
  }

  function place() {
    const words = getSelection()?.getRangeAt(0).getBoundingClientRect();
    if (!words) return;
    const { offsetWidth: width, offsetHeight: height } = button;
    // A finger's own menu stands above what it marked.
    const isFinger = matchMedia("(pointer: coarse)").matches;
    const isTop = !isFinger && words.top > height + GAP;
    const top = isTop ? words.top - height - GAP : words.bottom + (isFinger ? 3 : 1) * GAP;
    const middle = words.left + words.width / 2 - width / 2;
    button.style.top = `${Math.max(GAP, Math.min(top, innerHeight - height - GAP))}px`;
    button.style.left = `${Math.max(GAP, Math.min(middle, innerWidth - width - GAP))}px`;
  }
}

/** The post, if the words that are marked are all of its own. @returns {HTMLElement | null} */
function marked() {
  const chosen = getSelection();
  if (!chosen?.rangeCount || chosen.isCollapsed || !chosen.toString().trim()) return null;
  const { commonAncestorContainer: around } = chosen.getRangeAt(0);
  const within = around instanceof Element ? around : around.parentElement;
  const post = within?.closest(SAID)?.closest("[id^='p-']");
  return /** @type {HTMLElement | null} */ (post ?? null);
}

/** @param {HTMLElement} post */
function idOf(post) {
  return post.id.slice("p-".length);
}

/** The words as they stand there; what was covered stays covered. @param {Range} range */
function spoken(range) {
  const around = range.commonAncestorContainer;
  const within = around instanceof Element ? around : around.parentElement;
  const box = document.createElement("div");
  box.append(range.cloneContents());
  for (const each of box.querySelectorAll("summary")) each.remove();
  for (const each of box.querySelectorAll(COVER))
    each.replaceWith(each.hasAttribute("open") ? covered(each.textContent) : SIGN);
  // Only what is laid out knows where its lines end.
  box.className = "quoting__words prose";
  document.body.append(box);
  const words = box.innerText.replace(/\n{3,}/g, "\n\n");
  box.remove();
  return within?.closest(COVER) ? covered(words) : words;
}

/** Words that are covered line by line. @param {string} words */
function covered(words) {
  return words.replace(/\S.*/g, (line) => `||${line.trimEnd()}||`);
}
