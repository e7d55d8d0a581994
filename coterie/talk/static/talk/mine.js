// Paints one's own reactions: the posts themselves are the same bytes for everybody.

for (const post of document.querySelectorAll("[data-mine]")) {
  const mine = new Set((post.getAttribute("data-mine") ?? "").trim().split(" "));
  for (const pill of post.querySelectorAll(".reaction[data-emoji]")) {
    pill.classList.toggle("is-mine", mine.has(pill.getAttribute("data-emoji") ?? ""));
  }
}
