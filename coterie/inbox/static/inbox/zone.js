// Offers the zone of this device where another one is chosen; nothing is changed by itself.
const hint = document.querySelector("[data-zone-hint]");
const select = document.querySelector("select[name=zone]");
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (
  hint &&
  select &&
  here !== select.value &&
  select.querySelector(`option[value="${CSS.escape(here)}"]`)
) {
  const button = hint.querySelector("button");
  button.textContent = `${button.dataset.words}: ${here.replaceAll("_", " ")}`;
  hint.hidden = false;
  button.addEventListener("click", () => {
    select.value = here;
    hint.hidden = true;
    select.focus();
  });
}
