// Asks for the page again when the browser brings back an old copy, so that a form never shows what has changed since.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
