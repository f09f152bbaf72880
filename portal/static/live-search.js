// Searches while one types: fetches the list the form's page would show. Without this the button does it.
const PAUSE = 350;

for (const form of document.querySelectorAll("form[data-live]")) {
  const field = form.querySelector("input[type=search]");
  const list = document.getElementById(form.dataset.into);
  let waiting = 0;
  let asked = field.value.trim();

  async function search() {
    const words = field.value.trim();
    if (words === asked) return;
    asked = words;
    const query = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(`${form.dataset.live}?${query}`, { headers: { Accept: "text/html" } });
      if (answer.ok && words === asked) list.innerHTML = await answer.text();
    } catch {
      asked = "";
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, PAUSE);
  });
}
