// Paints one's own reactions: the posts themselves are the same bytes for everybody.

/** @param {Element} post an element with data-mine */
export function paintMine(post) {
  const mine = new Set((post.getAttribute("data-mine") ?? "").trim().split(" "));
  for (const pill of post.querySelectorAll(".reaction[data-emoji]")) {
    pill.classList.toggle("is-mine", mine.has(pill.getAttribute("data-emoji") ?? ""));
  }
}

for (const post of document.querySelectorAll("[data-mine]")) paintMine(post);
