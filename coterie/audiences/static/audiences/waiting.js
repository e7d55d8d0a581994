// Looks again while something is on its way; without scripts there is a link for it.
const PAUSE = 2000;

if (!document.hidden) setTimeout(() => location.reload(), PAUSE);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) location.reload();
});
