const ALIKE = [
  "font-family",
  "font-size",
  "font-weight",
  "line-height",
  "letter-spacing",
  "tab-size",
  "direction",
  "padding-top",
  "padding-left",
  "padding-right",
  "border-top-width",
  "border-left-width",
  "border-right-width",
];

/**
 * Where the line of a letter stands in a box, in pixels from the box's own top: a twin of the box
 * is laid out that holds the words before it.
 * @param {HTMLTextAreaElement} box @param {number} at
 */
export function lineOf(box, at) {
  const twin = document.createElement("div");
  const look = getComputedStyle(box);
  for (const each of ALIKE) twin.style.setProperty(each, look.getPropertyValue(each));
  Object.assign(twin.style, {
    position: "absolute",
    visibility: "hidden",
    boxSizing: "border-box",
    borderStyle: "solid",
    inlineSize: `${box.offsetWidth}px`,
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
  });
  const mark = document.createElement("span");
  mark.textContent = "|";
  twin.append(box.value.slice(0, at), mark);
  document.body.append(twin);
  const top = mark.offsetTop - box.scrollTop;
  const bottom = Math.min(top + mark.offsetHeight, box.offsetHeight);
  twin.remove();
  return { top, bottom };
}
