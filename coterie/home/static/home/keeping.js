/** What is typed in a form with data-keep is sent there as it is typed, so that a reload loses nothing. */

const PAUSE = 400;

for (const form of document.querySelectorAll("form[data-keep]")) {
  let waiting = 0;
  const keep = () => {
    clearTimeout(waiting);
    waiting = 0;
    fetch(form.dataset.keep, { method: "POST", body: new FormData(form), keepalive: true }).catch(
      () => {},
    );
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    waiting = 0;
  });
  addEventListener("pagehide", () => waiting && keep());
}
