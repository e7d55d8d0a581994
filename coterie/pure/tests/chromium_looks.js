// Puts each text into the page as it would stand there, fires events at it, and counts
// what is unsafe. Attributes are read through the prototype: some payloads clobber them.
async ([texts, live]) => {
  const allowed = new Set(
    ("P H3 H4 H5 H6 BLOCKQUOTE PRE UL OL LI HR BR A TABLE THEAD TBODY TR TH TD CODE EM STRONG S " +
      "DIV DETAILS SUMMARY").split(" "),
  );
  const names = new Set(["href", "rel", "dir", "start", "class", "data-word", "open", "tabindex"]);
  const attributes = Object.getOwnPropertyDescriptor(Element.prototype, "attributes").get;
  const tag = Object.getOwnPropertyDescriptor(Element.prototype, "tagName").get;
  const address = /^(https?:|mailto:|\/p\/abc\/(tags|members)\/)/i;
  const isUnsafe = (node) =>
    !allowed.has(tag.call(node)) ||
    [...attributes.call(node)].some(
      ({ name, value }) => !names.has(name) || (name === "href" && !address.test(value)),
    );
  window.ran = 0;
  let unsafe = 0;
  // As part of the page, where events reach it.
  const stop = (event) => event.preventDefault();
  for (const kind of ["click", "submit"]) document.addEventListener(kind, stop, true);
  for (const text of texts) {
    // What nobody guards could take the page away: it is looked at where nothing comes to life.
    const home = live ? document : document.implementation.createHTMLDocument("");
    const place = home.createElement("div");
    home.body.append(place);
    Element.prototype.insertAdjacentHTML.call(place, "beforeend", text);
    const nodes = [...place.querySelectorAll("*")].slice(0, 300);
    unsafe += nodes.filter(isUnsafe).length;
    for (const node of live ? nodes : [])
      for (const kind of ["mouseover", "focus", "click", "error", "toggle", "animationstart"])
        EventTarget.prototype.dispatchEvent.call(
          node,
          new Event(kind, { bubbles: true, cancelable: true }),
        );
    place.remove();
  }
  // As a document that is read from its beginning, where scripts run.
  const frame = document.querySelector("iframe");
  if (frame) {
    const read = new Promise((done) => {
      frame.onload = done;
      setTimeout(done, 3000);
    });
    frame.sandbox = "allow-scripts allow-same-origin allow-modals";
    frame.srcdoc = texts.join("\n\n");
    await read;
  }
  await new Promise((done) => setTimeout(done, 150));
  return [unsafe, window.ran];
};
