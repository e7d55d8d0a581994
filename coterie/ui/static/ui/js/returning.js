// A page that comes back from the browser's memory may belong to somebody who has signed out since.

addEventListener("pageshow", (event) => {
  if (event.persisted && document.body.classList.contains("at-home") && !signedIn()) location.reload();
});

function signedIn() {
  return document.cookie.split("; ").includes("here=1");
}
